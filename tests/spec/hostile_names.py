"""Names made to be taken for another one, UNICEF, and names that look like nothing."""

PLAIN = ("UNlCEF", "UN1CEF", "UN|CEF", "unicef")
"""Written with ASCII alone: as names they are questioned, as references they are what they are."""

INVISIBLE = tuple(
    f"UNI{char}CEF"
    for char in (
        "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\u2061", "\u2062", "\u2063", "\u2064", "\u00ad",
        "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u180b", "\u180e", "\u180f", "\u2800", "\u3164",
        "\uffa0", "\ufe00", "\ufe0f", "\ufeff", "\ufff9", "\U000e0041", "\U000e0100", "\U0001d173", "\U0001bca0",
        "\U000e0001", "\u202a", "\u202e", "\u2066", "\ue000",
    )
)  # fmt: skip
"""With a character that nobody sees."""

OTHER_LETTERS = (
    "UNI\u0421EF", "UNIC\u0415F", "UN\u0406CEF", "UNI\u03f9EF", "UNIC\u0395F", "U\u039dICEF", "UN\u0399CEF",
    "\u054dNICEF", "UNIC\u13acF", "UNI\u13dfEF", "UNICE\ua4dd", "\ua4f4NICEF", "U\ua4e0ICEF", "UNI\u216dEF",
    "UN\u2160CEF", "UN\u04c0CEF", "UNI\u2ca4EF", "UN\u2c92CEF", "UNICE\u03dc",
    "\uff35\uff2e\uff29\uff23\uff25\uff26", "\uff35NICEF", "UNIC\uff25F", "\U0001d414NICEF",
    "\U0001d54cNICEF", "UN\U0001d408CEF", "UNICE\U0001d405", "UN\u13a5CEF",
)  # fmt: skip
"""With letters of another script, or mathematical ones."""

LIKE_UNICEF = (*INVISIBLE, *OTHER_LETTERS)

LIKE_NOTHING = (
    *(char * count for char in "\u200b\u3164\u2800\u2060\u00ad\uffa0\u115f" for count in (1, 3)),
    "\u00a0", "\u2003", "\u3000", "\u200d", "\u034f", "\u180e", "\u061c\u200e", "\ufe0f", "\U000e0020\U000e007f",
    "\u0301", " \u0300", "\u20dd", "\ufff9\ufffb", "\u202f\u2009", "\ue000", "\U000f0000", "\U0001d159", "\u2063\u2064",
    "\u205f", "\u1680",
)  # fmt: skip
"""Nothing but what is not seen."""

YOUNGER = ("x\u0301\U00010efd", "Fund \u0cf3", "Fund \U0001fabf", "\u0897", "\U000105c0")
"""Characters that later versions of Unicode than 14.0 assigned; the first combines."""
