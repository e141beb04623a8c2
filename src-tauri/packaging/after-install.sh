#!/bin/sh
# After the package is unpacked: the device rules take effect, and whoever needs more is told.
set -e

if [ "$1" = "configure" ]; then
    # In a container or while an image is built there is no udev to tell; it reads the rules when it starts.
    if command -v udevadm >/dev/null 2>&1 && [ -d /run/udev ]; then
        udevadm control --reload
        udevadm trigger --action=change --subsystem-match=usbmisc --subsystem-match=usb --subsystem-match=tty
    fi
    if [ -z "$2" ]; then
        echo "tillkeeper: USB devices work for whoever sits at the screen. For a built-in serial or parallel port"
        echo "tillkeeper: (/dev/ttyS0, /dev/lp0), or without a login at the screen, add the user to two groups:"
        echo "tillkeeper:   adduser USER dialout && adduser USER lp"
    fi
fi
