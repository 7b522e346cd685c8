"""Line icons drawn in place, so that none is fetched."""

from __future__ import annotations

from marketplace.ui.markup import Node, h

_PATHS: dict[str, tuple[str, ...]] = {
    "search": ("M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14Z", "m20 20-4-4"),
    "basket": ("M3 9h18l-2 10a1.5 1.5 0 0 1-1.5 1.2h-11A1.5 1.5 0 0 1 5 19L3 9Z", "m8 9 3-6m5 6-3-6"),
    "home": ("M4 11 12 4l8 7", "M6 10v10h12V10"),
    "grid": ("M4 4h7v7H4z", "M13 4h7v7h-7z", "M4 13h7v7H4z", "M13 13h7v7h-7z"),
    "orders": ("M6 3h12v18l-3-2-3 2-3-2-3 2V3Z", "M9 8h6M9 12h6"),
    "person": ("M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z", "M4 21c0-4 4-6 8-6s8 2 8 6"),
    "store": (
        "M4 9 5 4h14l1 5",
        "M5 9v11h14V9",
        "M10 20v-6h4v6",
        "M4 9a2.5 2.5 0 0 0 4 1 2.7 2.7 0 0 0 4 0 2.7 2.7 0 0 0 4 0 2.5 2.5 0 0 0 4-1",
    ),
    "truck": (
        "M2 6h12v11H2z",
        "M14 10h4l4 4v3h-8z",
        "M6 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
        "M18 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
    ),
    "contract": ("M6 3h9l4 4v14H6z", "M14 3v5h5", "M9 13h6M9 17h4"),
    "check": ("m5 12 5 5 9-10",),
    "shield": ("M12 3 4 6v6c0 5 3.5 8 8 9 4.500-1 8-4 8-9V6l-8-3Z", "m9 12 2 2 4-4"),
    "plus": ("M12 5v14M5 12h14",),
    "minus": ("M5 12h14",),
    "camera": ("M4 8h4l2-3h4l2 3h4v11H4z", "M12 10a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7Z"),
    "money": ("M3 6h18v12H3z", "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z"),
    "download": ("M12 4v11m-5-5 5 5 5-5M5 20h14",),
    "chart": ("M4 20V10m6 10V4m6 16v-7m4 7H2",),
    "pin": (
        "M12 21s7-6.500 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12Z",
        "M12 7a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5Z",
    ),
    "clock": ("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z", "M12 7v5l3 2"),
    "box": ("M4 8 12 4l8 4v8l-8 4-8-4V8Z", "m4 8 8 4 8-4M12 12v8"),
    "trash": ("M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",),
    "down": ("m6 9 6 6 6-6",),
    "up": ("m6 15 6-6 6 6",),
    "heart": ("M12 20s-8-5-8-11a4.500 4.500 0 0 1 8-3 4.500 4.500 0 0 1 8 3c0 6-8 11-8 11Z",),
    "flag": ("M6 21V4h12l-3 4.500L18 13H6",),
    "back": ("m14 5-7 7 7 7",),
    "forward": ("m10 5 7 7-7 7",),
    "star": ("m12 4 2.500 5.200 5.500.8-4 4 1 5.600L12 17l-5 2.600 1-5.600-4-4 5.500-.8L12 4Z",),
    "eye": ("M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12Z", "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z"),
    "close": ("m6 6 12 12M18 6 6 18",),
    "pause": ("M8 5v14M16 5v14",),
    "play": ("M7 4v16l13-8L7 4Z",),
    "sun": ("M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z", "M12 2v3m0 14v3M2 12h3m14 0h3M5 5l2 2m10 10 2 2M19 5l-2 2M7 17l-2 2"),
    "moon": ("M20 14a8 8 0 1 1-10-10 6.500 6.500 0 0 0 10 10Z",),
    "globe": ("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z", "M3 12h18", "M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18"),
    "share": ("M12 15V4", "m8 8 4-4 4 4", "M5 12v8h14v-8"),
    "copy": ("M9 9h11v11H9z", "M5 15H4V4h11v1"),
    "question": (
        "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
        "M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.700.300-1 .800-1 1.700M12 16.500v.100",
    ),
    "warning": ("M12 4 2.500 20h19L12 4Z", "M12 10v4M12 17v.100"),
    "lock": ("M5 11h14v10H5z", "M8 11V8a4 4 0 0 1 8 0v3"),
    "filter": ("M4 6h16M7 12h10M10 18h4",),
    "message": ("M4 5h16v11H9l-5 4V5Z",),
    "phone": ("M5 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A15 15 0 0 1 3 6a2 2 0 0 1 2-2",),
}


def icon(name: str, class_name: str = "size-5") -> Node:
    """A decorative icon; the text beside it, or the label of its button, says what it means."""
    return h.svg(
        *(h.path(d=path) for path in _PATHS[name]),
        view_box="0 0 24 24",
        class_name=f"{class_name} shrink-0 fill-none stroke-current stroke-[1.8] [stroke-linecap:round] [stroke-linejoin:round]",
        custom_attrs={"aria-hidden": "true"},
    )
