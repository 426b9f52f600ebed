"""What can be done about notifications."""

from .choosing import PreferenceInput as PreferenceInput
from .choosing import choose as choose
from .choosing import choose_for_all as choose_for_all
from .choosing import stop_mail as stop_mail
from .devices import DeviceInput as DeviceInput
from .devices import add_device as add_device
from .devices import forget_endpoint as forget_endpoint
from .devices import remove_device as remove_device
from .reading import mark_read as mark_read
from .reading import read_all as read_all
from .reading import read_notice as read_notice
