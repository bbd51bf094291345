"""A portal whose people have names that somebody hopes will be run, and the longest that a CRM keeps."""

SCRIPT = "<script>window.owned=1</script><img src=x onerror='window.owned=1'>"
NAMES = {
    "html": SCRIPT,
    "attribute": "\"' onmouseover=window.owned=1 x='",
    "sql": "Robert'); drop table marts.leads; --",
    "formula": '=HYPERLINK("http://evil.example","click")',
    "template": "{{ 7 * 7 }} {% raw %} ${7*7}",
    "controls": "bell\x07 escape\x1b[31mred\x1b[0m tab\t newline\n delete\x7f",
    "right to left": "\u202eمرحبا שלום\u202c",
    "emoji": "👩\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 e\u0301",
    "long": "x" * 65_000,
    "surrogates in words": "\\ud800 \\u0000 %00 %s %n",
    "a path": "../../../../etc/passwd",
}
