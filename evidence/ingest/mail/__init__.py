"""Mail in every form in which it is handed in: messages, mailboxes, Outlook's own formats, signed envelopes."""
