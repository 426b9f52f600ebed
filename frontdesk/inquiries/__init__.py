"""The public form by which strangers write to a business."""
