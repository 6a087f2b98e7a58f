"""The rules, one a file: each holds one question against one document and answers yes, no or *doubt*, with the proof.

The declared bias: to call present evidence missing is worse than to ask a person to look. So a value below the
threshold (``model.record.SURE``) never answers a rule, neither yes nor no: the answer is doubt and names the field and
page. A document surely is not the one asked for as soon as one rule surely says no, whatever is in doubt besides.

A rule offers ``check(requirement, candidate, unit)`` and stands in ``registry``; what the requirement does not ask
gives None. Rules that need other documents or a day take them as arguments of their own (``in_force``, ``citations``,
``timeliness``).
"""
