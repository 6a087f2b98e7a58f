CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);
CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);
CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);
CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;
CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    lock text,
    queueing_lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);
CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;
CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;
CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;
CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN RAISE EXCEPTION '% are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TABLE public.account_fields (
    account bigint NOT NULL,
    field character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.account_identities (
    issuer character varying NOT NULL COLLATE pg_catalog."C",
    subject character varying NOT NULL COLLATE pg_catalog."C",
    account bigint NOT NULL,
    managed boolean NOT NULL,
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.account_units (
    account bigint NOT NULL,
    unit character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.accounts (
    id bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    full_name character varying NOT NULL COLLATE pg_catalog."C",
    role character varying NOT NULL COLLATE pg_catalog."C",
    password character varying NOT NULL COLLATE pg_catalog."C",
    language character varying NOT NULL COLLATE pg_catalog."C",
    single_keys boolean NOT NULL,
    active boolean NOT NULL,
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.accounts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.accounts_id_seq OWNED BY public.accounts.id;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.annexes (
    name character varying NOT NULL COLLATE pg_catalog."C",
    media_type character varying NOT NULL COLLATE pg_catalog."C",
    data bytea NOT NULL,
    map bytea NOT NULL
);
CREATE TABLE public.audit (
    id bigint NOT NULL,
    at character varying NOT NULL COLLATE pg_catalog."C",
    action character varying NOT NULL COLLATE pg_catalog."C",
    subject character varying NOT NULL COLLATE pg_catalog."C",
    detail character varying NOT NULL COLLATE pg_catalog."C",
    actor character varying NOT NULL COLLATE pg_catalog."C",
    role character varying NOT NULL COLLATE pg_catalog."C",
    address character varying NOT NULL COLLATE pg_catalog."C",
    before character varying COLLATE pg_catalog."C",
    after character varying COLLATE pg_catalog."C",
    hash character varying(64) NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audit_id_seq OWNED BY public.audit.id;
CREATE TABLE public.bodies (
    id bigint NOT NULL,
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.bodies_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.bodies_id_seq OWNED BY public.bodies.id;
CREATE TABLE public.citations (
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    place bigint NOT NULL,
    number_key character varying COLLATE pg_catalog."C",
    date character varying COLLATE pg_catalog."C",
    relation character varying NOT NULL COLLATE pg_catalog."C",
    page bigint NOT NULL,
    start bigint NOT NULL,
    "end" bigint NOT NULL
);
CREATE TABLE public.corrections (
    id bigint NOT NULL,
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    field character varying NOT NULL COLLATE pg_catalog."C",
    value character varying COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C",
    page bigint
);
CREATE SEQUENCE public.corrections_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.corrections_id_seq OWNED BY public.corrections.id;
CREATE TABLE public.criteria_sets (
    name character varying NOT NULL COLLATE pg_catalog."C",
    text character varying NOT NULL COLLATE pg_catalog."C",
    source character varying NOT NULL COLLATE pg_catalog."C",
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.criteria_versions (
    id bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    act character varying NOT NULL COLLATE pg_catalog."C",
    text character varying NOT NULL COLLATE pg_catalog."C",
    answers bytea NOT NULL,
    last_answer bigint NOT NULL,
    source character varying NOT NULL COLLATE pg_catalog."C",
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.criteria_versions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.criteria_versions_id_seq OWNED BY public.criteria_versions.id;
CREATE TABLE public.decisions (
    id bigint NOT NULL,
    round bigint NOT NULL,
    unit character varying NOT NULL COLLATE pg_catalog."C",
    criterion character varying NOT NULL COLLATE pg_catalog."C",
    points character varying COLLATE pg_catalog."C",
    note character varying NOT NULL COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C",
    requirement character varying COLLATE pg_catalog."C",
    act character varying COLLATE pg_catalog."C",
    facts character varying COLLATE pg_catalog."C",
    judged bytea
);
CREATE SEQUENCE public.decisions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.decisions_id_seq OWNED BY public.decisions.id;
CREATE TABLE public.documents (
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    media_type character varying NOT NULL COLLATE pg_catalog."C",
    size bigint NOT NULL,
    kept boolean NOT NULL,
    page_count bigint NOT NULL,
    head bytea NOT NULL,
    revision bigint NOT NULL,
    stored_at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.draft_notes (
    account bigint NOT NULL,
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    unit character varying NOT NULL COLLATE pg_catalog."C",
    requirement character varying NOT NULL COLLATE pg_catalog."C",
    note character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.facts (
    name character varying NOT NULL COLLATE pg_catalog."C",
    value character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.figure_answers (
    id bigint NOT NULL,
    proposal bigint NOT NULL,
    answer character varying NOT NULL COLLATE pg_catalog."C",
    value character varying COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    note character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.figure_answers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.figure_answers_id_seq OWNED BY public.figure_answers.id;
CREATE TABLE public.figure_proposals (
    id bigint NOT NULL,
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    unit character varying NOT NULL COLLATE pg_catalog."C",
    criterion character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL COLLATE pg_catalog."C",
    facts character varying NOT NULL COLLATE pg_catalog."C",
    data bytea,
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.figure_proposals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.figure_proposals_id_seq OWNED BY public.figure_proposals.id;
CREATE TABLE public.figure_sources (
    id bigint NOT NULL,
    figure bigint NOT NULL,
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    page bigint NOT NULL,
    box character varying COLLATE pg_catalog."C",
    raw character varying NOT NULL COLLATE pg_catalog."C",
    confidence double precision NOT NULL
);
CREATE SEQUENCE public.figure_sources_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.figure_sources_id_seq OWNED BY public.figure_sources.id;
CREATE TABLE public.figures (
    id bigint NOT NULL,
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    unit character varying NOT NULL COLLATE pg_catalog."C",
    criterion character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL COLLATE pg_catalog."C",
    value character varying COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.figures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.figures_id_seq OWNED BY public.figures.id;
CREATE TABLE public.finding_answers (
    id bigint NOT NULL,
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    unit character varying NOT NULL COLLATE pg_catalog."C",
    requirement character varying NOT NULL COLLATE pg_catalog."C",
    decision bigint NOT NULL,
    text character varying NOT NULL COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.finding_answers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.finding_answers_id_seq OWNED BY public.finding_answers.id;
CREATE TABLE public.finding_changes (
    id bigint NOT NULL,
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    whole boolean NOT NULL,
    unit character varying NOT NULL COLLATE pg_catalog."C",
    field character varying NOT NULL COLLATE pg_catalog."C",
    requirement character varying NOT NULL COLLATE pg_catalog."C",
    before character varying NOT NULL COLLATE pg_catalog."C",
    after character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.finding_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.finding_changes_id_seq OWNED BY public.finding_changes.id;
CREATE TABLE public.finding_sources (
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    unit character varying NOT NULL COLLATE pg_catalog."C",
    kind character varying NOT NULL COLLATE pg_catalog."C",
    value character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.findings (
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    whole boolean NOT NULL,
    unit character varying NOT NULL COLLATE pg_catalog."C",
    requirement character varying NOT NULL COLLATE pg_catalog."C",
    unit_order bigint NOT NULL,
    place bigint NOT NULL,
    field character varying NOT NULL COLLATE pg_catalog."C",
    criterion character varying NOT NULL COLLATE pg_catalog."C",
    status character varying NOT NULL COLLATE pg_catalog."C",
    points_max character varying NOT NULL COLLATE pg_catalog."C",
    points_low character varying NOT NULL COLLATE pg_catalog."C",
    points_high character varying NOT NULL COLLATE pg_catalog."C",
    due character varying COLLATE pg_catalog."C",
    facts character varying NOT NULL COLLATE pg_catalog."C",
    judged character varying NOT NULL COLLATE pg_catalog."C",
    decision bigint,
    at character varying NOT NULL COLLATE pg_catalog."C",
    title character varying NOT NULL COLLATE pg_catalog."C",
    documents character varying NOT NULL COLLATE pg_catalog."C",
    data bytea NOT NULL
);
CREATE TABLE public.frozen_scores (
    id bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    data bytea NOT NULL,
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.frozen_scores_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.frozen_scores_id_seq OWNED BY public.frozen_scores.id;
CREATE TABLE public.index_consumers (
    name character varying NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL
);
CREATE TABLE public.index_log (
    id bigint NOT NULL,
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.index_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.index_log_id_seq OWNED BY public.index_log.id;
CREATE TABLE public.jobs (
    id bigint NOT NULL,
    kind character varying NOT NULL COLLATE pg_catalog."C",
    subject character varying NOT NULL COLLATE pg_catalog."C",
    unit character varying NOT NULL COLLATE pg_catalog."C",
    state character varying NOT NULL COLLATE pg_catalog."C",
    work bytea NOT NULL,
    attempts bigint NOT NULL,
    worker character varying NOT NULL COLLATE pg_catalog."C",
    lease double precision NOT NULL,
    done bigint NOT NULL,
    total bigint NOT NULL,
    message bytea,
    created_at character varying NOT NULL COLLATE pg_catalog."C",
    started_at character varying COLLATE pg_catalog."C",
    ended_at character varying COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.jobs_id_seq OWNED BY public.jobs.id;
CREATE TABLE public.overview_visits (
    account bigint NOT NULL,
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    seen_at character varying NOT NULL COLLATE pg_catalog."C",
    before character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.pages (
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    data bytea NOT NULL
);
CREATE TABLE public.part_numbers (
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    place bigint NOT NULL,
    number_key character varying NOT NULL COLLATE pg_catalog."C",
    date character varying COLLATE pg_catalog."C"
);
CREATE TABLE public.plans (
    id bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    plan bytea NOT NULL,
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.plans_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.plans_id_seq OWNED BY public.plans.id;
CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);
CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;
CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;
CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;
CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.receipt_files (
    id bigint NOT NULL,
    receipt bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    criterion character varying NOT NULL COLLATE pg_catalog."C",
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.receipt_files_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.receipt_files_id_seq OWNED BY public.receipt_files.id;
CREATE TABLE public.receipts (
    id bigint NOT NULL,
    unit character varying NOT NULL COLLATE pg_catalog."C",
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C",
    due character varying COLLATE pg_catalog."C",
    days_late bigint NOT NULL
);
CREATE SEQUENCE public.receipts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.receipts_id_seq OWNED BY public.receipts.id;
CREATE TABLE public.records (
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    status character varying NOT NULL COLLATE pg_catalog."C",
    grammar bigint NOT NULL,
    number_key character varying COLLATE pg_catalog."C",
    kind character varying COLLATE pg_catalog."C",
    issuer character varying COLLATE pg_catalog."C",
    date character varying COLLATE pg_catalog."C",
    data bytea NOT NULL
);
CREATE TABLE public.refusals (
    id bigint NOT NULL,
    path character varying NOT NULL COLLATE pg_catalog."C",
    unit character varying NOT NULL COLLATE pg_catalog."C",
    criterion character varying NOT NULL COLLATE pg_catalog."C",
    received character varying COLLATE pg_catalog."C",
    problem character varying NOT NULL COLLATE pg_catalog."C",
    message bytea NOT NULL,
    at character varying NOT NULL COLLATE pg_catalog."C",
    path_bytes bytea
);
CREATE SEQUENCE public.refusals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.refusals_id_seq OWNED BY public.refusals.id;
CREATE TABLE public.review_answers (
    id bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    answer bytea NOT NULL,
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.review_answers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.review_answers_id_seq OWNED BY public.review_answers.id;
CREATE TABLE public.round_closings (
    round bigint NOT NULL,
    author character varying NOT NULL COLLATE pg_catalog."C",
    note character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.rounds (
    id bigint NOT NULL,
    stage character varying NOT NULL COLLATE pg_catalog."C",
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    version character varying NOT NULL COLLATE pg_catalog."C",
    as_of character varying NOT NULL COLLATE pg_catalog."C",
    findings bytea NOT NULL,
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.rounds_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.rounds_id_seq OWNED BY public.rounds.id;
CREATE TABLE public.saved_searches (
    id bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    query character varying NOT NULL COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.saved_searches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.saved_searches_id_seq OWNED BY public.saved_searches.id;
CREATE TABLE public.sessions (
    token character varying(64) NOT NULL COLLATE pg_catalog."C",
    account bigint NOT NULL,
    address character varying NOT NULL COLLATE pg_catalog."C",
    made_at character varying NOT NULL COLLATE pg_catalog."C",
    seen_at character varying NOT NULL COLLATE pg_catalog."C",
    ends_at character varying NOT NULL COLLATE pg_catalog."C",
    title character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.sheets (
    id bigint NOT NULL,
    unit character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL COLLATE pg_catalog."C",
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    claims bytea NOT NULL,
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C",
    criteria_set character varying COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.sheets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sheets_id_seq OWNED BY public.sheets.id;
CREATE TABLE public.sign_in_failures (
    id bigint NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.sign_in_failures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sign_in_failures_id_seq OWNED BY public.sign_in_failures.id;
CREATE TABLE public.slip_decisions (
    decision bigint NOT NULL,
    slip bigint NOT NULL
);
CREATE TABLE public.slips (
    id bigint NOT NULL,
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    unit character varying NOT NULL COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.slips_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.slips_id_seq OWNED BY public.slips.id;
CREATE TABLE public.stale_marks (
    id bigint NOT NULL,
    sha256 character varying NOT NULL COLLATE pg_catalog."C",
    unit character varying NOT NULL COLLATE pg_catalog."C",
    criteria_set character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.stale_marks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.stale_marks_id_seq OWNED BY public.stale_marks.id;
CREATE TABLE public.stamps (
    path bytea NOT NULL,
    stamp character varying NOT NULL COLLATE pg_catalog."C",
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.submission_changes (
    id bigint NOT NULL,
    submission bigint NOT NULL,
    action character varying NOT NULL COLLATE pg_catalog."C",
    unit character varying NOT NULL COLLATE pg_catalog."C",
    criterion character varying NOT NULL COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    note character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.submission_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.submission_changes_id_seq OWNED BY public.submission_changes.id;
CREATE TABLE public.submissions (
    id bigint NOT NULL,
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    path character varying NOT NULL COLLATE pg_catalog."C",
    unit character varying NOT NULL COLLATE pg_catalog."C",
    criterion character varying NOT NULL COLLATE pg_catalog."C",
    received character varying COLLATE pg_catalog."C",
    claimed_number character varying COLLATE pg_catalog."C",
    claimed_date character varying COLLATE pg_catalog."C",
    page bigint,
    at character varying NOT NULL COLLATE pg_catalog."C",
    path_bytes bytea,
    by_layout boolean
);
CREATE SEQUENCE public.submissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.submissions_id_seq OWNED BY public.submissions.id;
CREATE TABLE public.surveys (
    id bigint NOT NULL,
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    source character varying NOT NULL COLLATE pg_catalog."C",
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    tally bytea NOT NULL,
    replaces bigint,
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.surveys_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.surveys_id_seq OWNED BY public.surveys.id;
CREATE TABLE public.task_marks (
    id bigint NOT NULL,
    plan character varying NOT NULL COLLATE pg_catalog."C",
    task character varying NOT NULL COLLATE pg_catalog."C",
    owner character varying NOT NULL COLLATE pg_catalog."C",
    status character varying NOT NULL COLLATE pg_catalog."C",
    note character varying NOT NULL COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.task_marks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.task_marks_id_seq OWNED BY public.task_marks.id;
CREATE TABLE public.unit_findings (
    criteria_set character varying NOT NULL COLLATE pg_catalog."C",
    whole boolean NOT NULL,
    unit character varying NOT NULL COLLATE pg_catalog."C",
    unit_order bigint NOT NULL,
    as_of character varying NOT NULL COLLATE pg_catalog."C",
    set_version bigint NOT NULL,
    program character varying NOT NULL COLLATE pg_catalog."C",
    through bigint NOT NULL,
    revision bigint NOT NULL,
    at character varying NOT NULL COLLATE pg_catalog."C",
    lowest character varying NOT NULL COLLATE pg_catalog."C",
    highest character varying NOT NULL COLLATE pg_catalog."C",
    applicable character varying NOT NULL COLLATE pg_catalog."C",
    scores bytea NOT NULL
);
CREATE TABLE public.upload_drafts (
    token character varying NOT NULL COLLATE pg_catalog."C",
    unit character varying NOT NULL COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL COLLATE pg_catalog."C",
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    at double precision NOT NULL,
    criterion character varying COLLATE pg_catalog."C",
    fault bytea
);
CREATE TABLE public.wording_rules (
    id bigint NOT NULL,
    words character varying NOT NULL COLLATE pg_catalog."C",
    rule bytea NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    author character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.wording_rules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.wording_rules_id_seq OWNED BY public.wording_rules.id;
ALTER TABLE ONLY public.accounts ALTER COLUMN id SET DEFAULT nextval('public.accounts_id_seq'::regclass);
ALTER TABLE ONLY public.audit ALTER COLUMN id SET DEFAULT nextval('public.audit_id_seq'::regclass);
ALTER TABLE ONLY public.bodies ALTER COLUMN id SET DEFAULT nextval('public.bodies_id_seq'::regclass);
ALTER TABLE ONLY public.corrections ALTER COLUMN id SET DEFAULT nextval('public.corrections_id_seq'::regclass);
ALTER TABLE ONLY public.criteria_versions ALTER COLUMN id SET DEFAULT nextval('public.criteria_versions_id_seq'::regclass);
ALTER TABLE ONLY public.decisions ALTER COLUMN id SET DEFAULT nextval('public.decisions_id_seq'::regclass);
ALTER TABLE ONLY public.figure_answers ALTER COLUMN id SET DEFAULT nextval('public.figure_answers_id_seq'::regclass);
ALTER TABLE ONLY public.figure_proposals ALTER COLUMN id SET DEFAULT nextval('public.figure_proposals_id_seq'::regclass);
ALTER TABLE ONLY public.figure_sources ALTER COLUMN id SET DEFAULT nextval('public.figure_sources_id_seq'::regclass);
ALTER TABLE ONLY public.figures ALTER COLUMN id SET DEFAULT nextval('public.figures_id_seq'::regclass);
ALTER TABLE ONLY public.finding_answers ALTER COLUMN id SET DEFAULT nextval('public.finding_answers_id_seq'::regclass);
ALTER TABLE ONLY public.finding_changes ALTER COLUMN id SET DEFAULT nextval('public.finding_changes_id_seq'::regclass);
ALTER TABLE ONLY public.frozen_scores ALTER COLUMN id SET DEFAULT nextval('public.frozen_scores_id_seq'::regclass);
ALTER TABLE ONLY public.index_log ALTER COLUMN id SET DEFAULT nextval('public.index_log_id_seq'::regclass);
ALTER TABLE ONLY public.jobs ALTER COLUMN id SET DEFAULT nextval('public.jobs_id_seq'::regclass);
ALTER TABLE ONLY public.plans ALTER COLUMN id SET DEFAULT nextval('public.plans_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);
ALTER TABLE ONLY public.receipt_files ALTER COLUMN id SET DEFAULT nextval('public.receipt_files_id_seq'::regclass);
ALTER TABLE ONLY public.receipts ALTER COLUMN id SET DEFAULT nextval('public.receipts_id_seq'::regclass);
ALTER TABLE ONLY public.refusals ALTER COLUMN id SET DEFAULT nextval('public.refusals_id_seq'::regclass);
ALTER TABLE ONLY public.review_answers ALTER COLUMN id SET DEFAULT nextval('public.review_answers_id_seq'::regclass);
ALTER TABLE ONLY public.rounds ALTER COLUMN id SET DEFAULT nextval('public.rounds_id_seq'::regclass);
ALTER TABLE ONLY public.saved_searches ALTER COLUMN id SET DEFAULT nextval('public.saved_searches_id_seq'::regclass);
ALTER TABLE ONLY public.sheets ALTER COLUMN id SET DEFAULT nextval('public.sheets_id_seq'::regclass);
ALTER TABLE ONLY public.sign_in_failures ALTER COLUMN id SET DEFAULT nextval('public.sign_in_failures_id_seq'::regclass);
ALTER TABLE ONLY public.slips ALTER COLUMN id SET DEFAULT nextval('public.slips_id_seq'::regclass);
ALTER TABLE ONLY public.stale_marks ALTER COLUMN id SET DEFAULT nextval('public.stale_marks_id_seq'::regclass);
ALTER TABLE ONLY public.submission_changes ALTER COLUMN id SET DEFAULT nextval('public.submission_changes_id_seq'::regclass);
ALTER TABLE ONLY public.submissions ALTER COLUMN id SET DEFAULT nextval('public.submissions_id_seq'::regclass);
ALTER TABLE ONLY public.surveys ALTER COLUMN id SET DEFAULT nextval('public.surveys_id_seq'::regclass);
ALTER TABLE ONLY public.task_marks ALTER COLUMN id SET DEFAULT nextval('public.task_marks_id_seq'::regclass);
ALTER TABLE ONLY public.wording_rules ALTER COLUMN id SET DEFAULT nextval('public.wording_rules_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0028');
SELECT pg_catalog.setval('public.accounts_id_seq', 1, false);
SELECT pg_catalog.setval('public.audit_id_seq', 1, false);
SELECT pg_catalog.setval('public.bodies_id_seq', 1, false);
SELECT pg_catalog.setval('public.corrections_id_seq', 1, false);
SELECT pg_catalog.setval('public.criteria_versions_id_seq', 1, false);
SELECT pg_catalog.setval('public.decisions_id_seq', 1, false);
SELECT pg_catalog.setval('public.figure_answers_id_seq', 1, false);
SELECT pg_catalog.setval('public.figure_proposals_id_seq', 1, false);
SELECT pg_catalog.setval('public.figure_sources_id_seq', 1, false);
SELECT pg_catalog.setval('public.figures_id_seq', 1, false);
SELECT pg_catalog.setval('public.finding_answers_id_seq', 1, false);
SELECT pg_catalog.setval('public.finding_changes_id_seq', 1, false);
SELECT pg_catalog.setval('public.frozen_scores_id_seq', 1, false);
SELECT pg_catalog.setval('public.index_log_id_seq', 1, false);
SELECT pg_catalog.setval('public.jobs_id_seq', 1, false);
SELECT pg_catalog.setval('public.plans_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, false);
SELECT pg_catalog.setval('public.receipt_files_id_seq', 1, false);
SELECT pg_catalog.setval('public.receipts_id_seq', 1, false);
SELECT pg_catalog.setval('public.refusals_id_seq', 1, false);
SELECT pg_catalog.setval('public.review_answers_id_seq', 1, false);
SELECT pg_catalog.setval('public.rounds_id_seq', 1, false);
SELECT pg_catalog.setval('public.saved_searches_id_seq', 1, false);
SELECT pg_catalog.setval('public.sheets_id_seq', 1, false);
SELECT pg_catalog.setval('public.sign_in_failures_id_seq', 1, false);
SELECT pg_catalog.setval('public.slips_id_seq', 1, false);
SELECT pg_catalog.setval('public.stale_marks_id_seq', 1, false);
SELECT pg_catalog.setval('public.submission_changes_id_seq', 1, false);
SELECT pg_catalog.setval('public.submissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.surveys_id_seq', 1, false);
SELECT pg_catalog.setval('public.task_marks_id_seq', 1, false);
SELECT pg_catalog.setval('public.wording_rules_id_seq', 1, false);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkey PRIMARY KEY (version_num);
ALTER TABLE ONLY public.account_fields
    ADD CONSTRAINT pk_account_fields PRIMARY KEY (account, field);
ALTER TABLE ONLY public.account_identities
    ADD CONSTRAINT pk_account_identities PRIMARY KEY (issuer, subject);
ALTER TABLE ONLY public.account_units
    ADD CONSTRAINT pk_account_units PRIMARY KEY (account, unit);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT pk_accounts PRIMARY KEY (id);
ALTER TABLE ONLY public.annexes
    ADD CONSTRAINT pk_annexes PRIMARY KEY (name);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (id);
ALTER TABLE ONLY public.bodies
    ADD CONSTRAINT pk_bodies PRIMARY KEY (id);
ALTER TABLE ONLY public.citations
    ADD CONSTRAINT pk_citations PRIMARY KEY (sha256, place);
ALTER TABLE ONLY public.corrections
    ADD CONSTRAINT pk_corrections PRIMARY KEY (id);
ALTER TABLE ONLY public.criteria_sets
    ADD CONSTRAINT pk_criteria_sets PRIMARY KEY (name);
ALTER TABLE ONLY public.criteria_versions
    ADD CONSTRAINT pk_criteria_versions PRIMARY KEY (id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT pk_decisions PRIMARY KEY (id);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT pk_documents PRIMARY KEY (sha256);
ALTER TABLE ONLY public.draft_notes
    ADD CONSTRAINT pk_draft_notes PRIMARY KEY (account, criteria_set, unit, requirement);
ALTER TABLE ONLY public.facts
    ADD CONSTRAINT pk_facts PRIMARY KEY (name);
ALTER TABLE ONLY public.figure_answers
    ADD CONSTRAINT pk_figure_answers PRIMARY KEY (id);
ALTER TABLE ONLY public.figure_proposals
    ADD CONSTRAINT pk_figure_proposals PRIMARY KEY (id);
ALTER TABLE ONLY public.figure_sources
    ADD CONSTRAINT pk_figure_sources PRIMARY KEY (id);
ALTER TABLE ONLY public.figures
    ADD CONSTRAINT pk_figures PRIMARY KEY (id);
ALTER TABLE ONLY public.finding_answers
    ADD CONSTRAINT pk_finding_answers PRIMARY KEY (id);
ALTER TABLE ONLY public.finding_changes
    ADD CONSTRAINT pk_finding_changes PRIMARY KEY (id);
ALTER TABLE ONLY public.finding_sources
    ADD CONSTRAINT pk_finding_sources PRIMARY KEY (criteria_set, unit, kind, value);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT pk_findings PRIMARY KEY (criteria_set, whole, unit, requirement);
ALTER TABLE ONLY public.frozen_scores
    ADD CONSTRAINT pk_frozen_scores PRIMARY KEY (id);
ALTER TABLE ONLY public.index_consumers
    ADD CONSTRAINT pk_index_consumers PRIMARY KEY (name);
ALTER TABLE ONLY public.index_log
    ADD CONSTRAINT pk_index_log PRIMARY KEY (id);
ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT pk_jobs PRIMARY KEY (id);
ALTER TABLE ONLY public.overview_visits
    ADD CONSTRAINT pk_overview_visits PRIMARY KEY (account, criteria_set);
ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pk_pages PRIMARY KEY (sha256, number);
ALTER TABLE ONLY public.part_numbers
    ADD CONSTRAINT pk_part_numbers PRIMARY KEY (sha256, place);
ALTER TABLE ONLY public.plans
    ADD CONSTRAINT pk_plans PRIMARY KEY (id);
ALTER TABLE ONLY public.receipt_files
    ADD CONSTRAINT pk_receipt_files PRIMARY KEY (id);
ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT pk_receipts PRIMARY KEY (id);
ALTER TABLE ONLY public.records
    ADD CONSTRAINT pk_records PRIMARY KEY (sha256);
ALTER TABLE ONLY public.refusals
    ADD CONSTRAINT pk_refusals PRIMARY KEY (id);
ALTER TABLE ONLY public.review_answers
    ADD CONSTRAINT pk_review_answers PRIMARY KEY (id);
ALTER TABLE ONLY public.round_closings
    ADD CONSTRAINT pk_round_closings PRIMARY KEY (round);
ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT pk_rounds PRIMARY KEY (id);
ALTER TABLE ONLY public.saved_searches
    ADD CONSTRAINT pk_saved_searches PRIMARY KEY (id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT pk_sessions PRIMARY KEY (token);
ALTER TABLE ONLY public.sheets
    ADD CONSTRAINT pk_sheets PRIMARY KEY (id);
ALTER TABLE ONLY public.sign_in_failures
    ADD CONSTRAINT pk_sign_in_failures PRIMARY KEY (id);
ALTER TABLE ONLY public.slip_decisions
    ADD CONSTRAINT pk_slip_decisions PRIMARY KEY (decision);
ALTER TABLE ONLY public.slips
    ADD CONSTRAINT pk_slips PRIMARY KEY (id);
ALTER TABLE ONLY public.stale_marks
    ADD CONSTRAINT pk_stale_marks PRIMARY KEY (id);
ALTER TABLE ONLY public.stamps
    ADD CONSTRAINT pk_stamps PRIMARY KEY (path);
ALTER TABLE ONLY public.submission_changes
    ADD CONSTRAINT pk_submission_changes PRIMARY KEY (id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT pk_submissions PRIMARY KEY (id);
ALTER TABLE ONLY public.surveys
    ADD CONSTRAINT pk_surveys PRIMARY KEY (id);
ALTER TABLE ONLY public.task_marks
    ADD CONSTRAINT pk_task_marks PRIMARY KEY (id);
ALTER TABLE ONLY public.unit_findings
    ADD CONSTRAINT pk_unit_findings PRIMARY KEY (criteria_set, whole, unit);
ALTER TABLE ONLY public.upload_drafts
    ADD CONSTRAINT pk_upload_drafts PRIMARY KEY (token);
ALTER TABLE ONLY public.wording_rules
    ADD CONSTRAINT pk_wording_rules PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT uq_accounts_name UNIQUE (name);
ALTER TABLE ONLY public.bodies
    ADD CONSTRAINT uq_bodies_sha256 UNIQUE (sha256);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);
CREATE INDEX ix_account_identities_account ON public.account_identities USING btree (account);
CREATE INDEX ix_citations_number_key ON public.citations USING hash (number_key);
CREATE INDEX ix_corrections_sha256 ON public.corrections USING btree (sha256);
CREATE INDEX ix_criteria_versions_name ON public.criteria_versions USING hash (name);
CREATE INDEX ix_decisions_round ON public.decisions USING btree (round);
CREATE INDEX ix_figure_answers_proposal ON public.figure_answers USING btree (proposal);
CREATE INDEX ix_figure_proposals_unit ON public.figure_proposals USING btree (criteria_set, unit);
CREATE INDEX ix_figure_sources_figure ON public.figure_sources USING btree (figure);
CREATE INDEX ix_figures_unit ON public.figures USING btree (criteria_set, unit);
CREATE INDEX ix_finding_answers_unit ON public.finding_answers USING hash (unit);
CREATE INDEX ix_finding_changes_at ON public.finding_changes USING btree (criteria_set, whole, at);
CREATE INDEX ix_finding_sources_value ON public.finding_sources USING btree (kind, value);
CREATE INDEX ix_findings_place ON public.findings USING btree (criteria_set, whole, unit_order, place);
CREATE INDEX ix_findings_unit ON public.findings USING btree (criteria_set, whole, unit, place, unit_order, field, criterion, status, judged, requirement, decision, due);
CREATE INDEX ix_frozen_scores_name ON public.frozen_scores USING hash (name);
CREATE INDEX ix_jobs_state ON public.jobs USING btree (state, kind, id);
CREATE INDEX ix_jobs_subject ON public.jobs USING btree (kind, subject);
CREATE INDEX ix_part_numbers_number_key ON public.part_numbers USING hash (number_key);
CREATE INDEX ix_plans_name ON public.plans USING hash (name);
CREATE INDEX ix_receipt_files_receipt ON public.receipt_files USING btree (receipt);
CREATE INDEX ix_receipt_files_sha256 ON public.receipt_files USING btree (sha256);
CREATE INDEX ix_receipts_unit ON public.receipts USING hash (unit);
CREATE INDEX ix_records_number_key ON public.records USING hash (number_key);
CREATE INDEX ix_records_unread ON public.records USING btree (sha256);
CREATE INDEX ix_review_answers_name ON public.review_answers USING hash (name);
CREATE INDEX ix_saved_searches_name ON public.saved_searches USING hash (name);
CREATE INDEX ix_sessions_account ON public.sessions USING btree (account);
CREATE INDEX ix_sheets_unit ON public.sheets USING hash (unit);
CREATE INDEX ix_sign_in_failures_key ON public.sign_in_failures USING hash (key);
CREATE INDEX ix_slip_decisions_slip ON public.slip_decisions USING btree (slip);
CREATE INDEX ix_slips_unit ON public.slips USING hash (unit);
CREATE INDEX ix_submission_changes_submission ON public.submission_changes USING btree (submission);
CREATE INDEX ix_submissions_sha256 ON public.submissions USING btree (sha256);
CREATE INDEX ix_submissions_unit ON public.submissions USING hash (unit);
CREATE INDEX ix_surveys_criteria_set ON public.surveys USING hash (criteria_set);
CREATE INDEX ix_task_marks_plan ON public.task_marks USING hash (plan);
CREATE INDEX ix_upload_drafts_unit ON public.upload_drafts USING hash (unit);
CREATE INDEX ix_wording_rules_words ON public.wording_rules USING hash (words);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);
CREATE UNIQUE INDEX uq_refusals_path ON public.refusals USING btree (md5((path)::text), md5((unit)::text), md5((criterion)::text), md5(path_bytes));
CREATE UNIQUE INDEX uq_stale_marks_sha256 ON public.stale_marks USING btree (sha256, md5((unit)::text), criteria_set);
CREATE UNIQUE INDEX uq_submissions_path ON public.submissions USING btree (md5((path)::text), sha256, md5((unit)::text), md5((criterion)::text));
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();
CREATE TRIGGER tr_annexes_delete BEFORE DELETE ON public.annexes FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_annexes_truncate BEFORE TRUNCATE ON public.annexes FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_annexes_update BEFORE UPDATE ON public.annexes FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_audit_delete BEFORE DELETE ON public.audit FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_audit_truncate BEFORE TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_audit_update BEFORE UPDATE ON public.audit FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_criteria_sets_delete BEFORE DELETE ON public.criteria_sets FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_criteria_sets_truncate BEFORE TRUNCATE ON public.criteria_sets FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_criteria_sets_update BEFORE UPDATE ON public.criteria_sets FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_criteria_versions_delete BEFORE DELETE ON public.criteria_versions FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_criteria_versions_truncate BEFORE TRUNCATE ON public.criteria_versions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_criteria_versions_update BEFORE UPDATE ON public.criteria_versions FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_decisions_delete BEFORE DELETE ON public.decisions FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_decisions_truncate BEFORE TRUNCATE ON public.decisions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_decisions_update BEFORE UPDATE ON public.decisions FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_figure_answers_delete BEFORE DELETE ON public.figure_answers FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_figure_answers_truncate BEFORE TRUNCATE ON public.figure_answers FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_figure_answers_update BEFORE UPDATE ON public.figure_answers FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_figure_proposals_delete BEFORE DELETE ON public.figure_proposals FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_figure_proposals_truncate BEFORE TRUNCATE ON public.figure_proposals FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_figure_proposals_update BEFORE UPDATE ON public.figure_proposals FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_figure_sources_delete BEFORE DELETE ON public.figure_sources FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_figure_sources_truncate BEFORE TRUNCATE ON public.figure_sources FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_figure_sources_update BEFORE UPDATE ON public.figure_sources FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_figures_delete BEFORE DELETE ON public.figures FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_figures_truncate BEFORE TRUNCATE ON public.figures FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_figures_update BEFORE UPDATE ON public.figures FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_finding_answers_delete BEFORE DELETE ON public.finding_answers FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_finding_answers_truncate BEFORE TRUNCATE ON public.finding_answers FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_finding_answers_update BEFORE UPDATE ON public.finding_answers FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_frozen_scores_delete BEFORE DELETE ON public.frozen_scores FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_frozen_scores_truncate BEFORE TRUNCATE ON public.frozen_scores FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_frozen_scores_update BEFORE UPDATE ON public.frozen_scores FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_plans_delete BEFORE DELETE ON public.plans FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_plans_truncate BEFORE TRUNCATE ON public.plans FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_plans_update BEFORE UPDATE ON public.plans FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_receipt_files_delete BEFORE DELETE ON public.receipt_files FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_receipt_files_truncate BEFORE TRUNCATE ON public.receipt_files FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_receipt_files_update BEFORE UPDATE ON public.receipt_files FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_receipts_delete BEFORE DELETE ON public.receipts FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_receipts_truncate BEFORE TRUNCATE ON public.receipts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_receipts_update BEFORE UPDATE ON public.receipts FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_review_answers_delete BEFORE DELETE ON public.review_answers FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_review_answers_truncate BEFORE TRUNCATE ON public.review_answers FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_review_answers_update BEFORE UPDATE ON public.review_answers FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_round_closings_delete BEFORE DELETE ON public.round_closings FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_round_closings_truncate BEFORE TRUNCATE ON public.round_closings FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_round_closings_update BEFORE UPDATE ON public.round_closings FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_rounds_delete BEFORE DELETE ON public.rounds FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_rounds_truncate BEFORE TRUNCATE ON public.rounds FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_rounds_update BEFORE UPDATE ON public.rounds FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_saved_searches_delete BEFORE DELETE ON public.saved_searches FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_saved_searches_truncate BEFORE TRUNCATE ON public.saved_searches FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_saved_searches_update BEFORE UPDATE ON public.saved_searches FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_sheets_delete BEFORE DELETE ON public.sheets FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_sheets_truncate BEFORE TRUNCATE ON public.sheets FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_sheets_update BEFORE UPDATE ON public.sheets FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_slip_decisions_delete BEFORE DELETE ON public.slip_decisions FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_slip_decisions_truncate BEFORE TRUNCATE ON public.slip_decisions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_slip_decisions_update BEFORE UPDATE ON public.slip_decisions FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_slips_delete BEFORE DELETE ON public.slips FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_slips_truncate BEFORE TRUNCATE ON public.slips FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_slips_update BEFORE UPDATE ON public.slips FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_submission_changes_delete BEFORE DELETE ON public.submission_changes FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_submission_changes_truncate BEFORE TRUNCATE ON public.submission_changes FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_submission_changes_update BEFORE UPDATE ON public.submission_changes FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_surveys_delete BEFORE DELETE ON public.surveys FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_surveys_truncate BEFORE TRUNCATE ON public.surveys FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_surveys_update BEFORE UPDATE ON public.surveys FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_task_marks_delete BEFORE DELETE ON public.task_marks FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_task_marks_truncate BEFORE TRUNCATE ON public.task_marks FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_task_marks_update BEFORE UPDATE ON public.task_marks FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_wording_rules_delete BEFORE DELETE ON public.wording_rules FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_wording_rules_truncate BEFORE TRUNCATE ON public.wording_rules FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tr_wording_rules_update BEFORE UPDATE ON public.wording_rules FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
ALTER TABLE ONLY public.account_fields
    ADD CONSTRAINT fk_account_fields_account FOREIGN KEY (account) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.account_identities
    ADD CONSTRAINT fk_account_identities_account FOREIGN KEY (account) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.account_units
    ADD CONSTRAINT fk_account_units_account FOREIGN KEY (account) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.annexes
    ADD CONSTRAINT fk_annexes_name FOREIGN KEY (name) REFERENCES public.criteria_sets(name);
ALTER TABLE ONLY public.bodies
    ADD CONSTRAINT fk_bodies_sha256 FOREIGN KEY (sha256) REFERENCES public.documents(sha256);
ALTER TABLE ONLY public.citations
    ADD CONSTRAINT fk_citations_sha256 FOREIGN KEY (sha256) REFERENCES public.documents(sha256);
ALTER TABLE ONLY public.corrections
    ADD CONSTRAINT fk_corrections_sha256 FOREIGN KEY (sha256) REFERENCES public.documents(sha256);
ALTER TABLE ONLY public.criteria_versions
    ADD CONSTRAINT fk_criteria_versions_name FOREIGN KEY (name) REFERENCES public.criteria_sets(name);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT fk_decisions_round FOREIGN KEY (round) REFERENCES public.rounds(id);
ALTER TABLE ONLY public.figure_answers
    ADD CONSTRAINT fk_figure_answers_proposal FOREIGN KEY (proposal) REFERENCES public.figure_proposals(id);
ALTER TABLE ONLY public.figure_sources
    ADD CONSTRAINT fk_figure_sources_figure FOREIGN KEY (figure) REFERENCES public.figures(id);
ALTER TABLE ONLY public.finding_answers
    ADD CONSTRAINT fk_finding_answers_decision FOREIGN KEY (decision) REFERENCES public.decisions(id);
ALTER TABLE ONLY public.index_log
    ADD CONSTRAINT fk_index_log_sha256 FOREIGN KEY (sha256) REFERENCES public.documents(sha256);
ALTER TABLE ONLY public.pages
    ADD CONSTRAINT fk_pages_sha256 FOREIGN KEY (sha256) REFERENCES public.documents(sha256);
ALTER TABLE ONLY public.part_numbers
    ADD CONSTRAINT fk_part_numbers_sha256 FOREIGN KEY (sha256) REFERENCES public.documents(sha256);
ALTER TABLE ONLY public.receipt_files
    ADD CONSTRAINT fk_receipt_files_receipt FOREIGN KEY (receipt) REFERENCES public.receipts(id);
ALTER TABLE ONLY public.records
    ADD CONSTRAINT fk_records_sha256 FOREIGN KEY (sha256) REFERENCES public.documents(sha256);
ALTER TABLE ONLY public.review_answers
    ADD CONSTRAINT fk_review_answers_name FOREIGN KEY (name) REFERENCES public.criteria_sets(name);
ALTER TABLE ONLY public.round_closings
    ADD CONSTRAINT fk_round_closings_round FOREIGN KEY (round) REFERENCES public.rounds(id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT fk_sessions_account FOREIGN KEY (account) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.slip_decisions
    ADD CONSTRAINT fk_slip_decisions_decision FOREIGN KEY (decision) REFERENCES public.decisions(id);
ALTER TABLE ONLY public.slip_decisions
    ADD CONSTRAINT fk_slip_decisions_slip FOREIGN KEY (slip) REFERENCES public.slips(id);
ALTER TABLE ONLY public.stamps
    ADD CONSTRAINT fk_stamps_sha256 FOREIGN KEY (sha256) REFERENCES public.documents(sha256);
ALTER TABLE ONLY public.submission_changes
    ADD CONSTRAINT fk_submission_changes_submission FOREIGN KEY (submission) REFERENCES public.submissions(id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT fk_submissions_sha256 FOREIGN KEY (sha256) REFERENCES public.documents(sha256);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
