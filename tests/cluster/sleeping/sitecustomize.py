"""Jobs that sleep, for processes that are started with this folder in ``PYTHONPATH``: a worker's child does nothing but
sleep where it is asked to read again for a subject ``sleep N``. All else of the job's way is the product's."""

import sys
import time

if "--child" in sys.orig_argv:
    from evidence.archive.facade import Archive
    from evidence.jobs import roles
    from evidence.messages import Message
    from evidence.model.job import Job, JobKind

    def sleep_for_job(archive: Archive, job: Job) -> Message | None:
        time.sleep(float(job.request.work))
        return None

    roles.RUN = {**roles.RUN, JobKind.REREAD: sleep_for_job}
