"""Where the audit names people in texts: sentences for readers, and lists of ids apart by blanks."""

SENTENCES = {
    "audit.check_results": ("observed", "detail"),
    "audit.runs": ("reason", "refusals"),
    "audit.sync_proof": ("detail",),
}
LISTS = {"audit.sync_proof": ("missing_ids", "surplus_ids")}
