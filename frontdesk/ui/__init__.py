"""How everything looks: templates, components, styles and scripts."""
