-- Tries everything that the setting trackpay.probe lists, as the people it lists, and leaves what happened in trackpay.answer.
-- A DO block and settings, not a function and a table: a replica and a read only transaction allow these, and nothing has to be made.
-- Every try is a sub-transaction that ends in an error of its own (TPUND): that takes back its rows, the role and the claims.
DO $probe$
DECLARE
    work CONSTANT jsonb := pg_catalog.current_setting('trackpay.probe')::jsonb;
    owner CONSTANT text := current_user;
    people jsonb := '{}';
    person jsonb;
    cell jsonb;
    attempt jsonb;
    variant jsonb;
    attempts jsonb[];
    answers text[] := '{}';
    outcomes text[];
    me text;
    login text;
    row_key text;
    new_row jsonb;
    total bigint;
    meant jsonb;
    result jsonb;
    before jsonb;
    after jsonb;
    touched bigint;
    state text;
    message text;
    verdict boolean;
    readable boolean;
    exhausted jsonb := '{}';
BEGIN
    -- The plan's own questions are to fail where a policy would bend the answer, and not to be answered in part.
    PERFORM pg_catalog.set_config('row_security', 'off', true);

    -- Who is who. A role that this login may not become ends the whole block: that is nobody's refusal.
    FOR person IN SELECT value FROM pg_catalog.jsonb_array_elements(work -> 'people') LOOP
        PERFORM pg_catalog.set_config('role', person ->> 'role', true);
        PERFORM pg_catalog.set_config('role', owner, true);
        me := NULL;
        login := person ->> 'sub';
        IF work ->> 'me' IS NOT NULL THEN
            EXECUTE work ->> 'me' INTO me USING NULL::text, login;
        ELSIF work ->> 'helper' IS NOT NULL THEN
            BEGIN
                PERFORM pg_catalog.set_config('request.jwt.claims', person ->> 'claims', true),
                    pg_catalog.set_config('request.jwt.claim.sub', coalesce(login, ''), true),
                    pg_catalog.set_config('request.jwt.claim.role', person ->> 'role', true),
                    pg_catalog.set_config('row_security', 'on', true),
                    pg_catalog.set_config('role', person ->> 'role', true);
                EXECUTE work ->> 'helper' INTO me;
                RAISE SQLSTATE 'TPUND';
            EXCEPTION
                WHEN SQLSTATE 'TPUND' THEN NULL;
                -- The tables tell what it means that the helper does not answer.
                WHEN OTHERS THEN me := NULL;
            END;
        END IF;
        people := people || pg_catalog.jsonb_build_object(person ->> 'name', person || pg_catalog.jsonb_build_object('me', me));
    END LOOP;

    FOR cell IN SELECT value FROM pg_catalog.jsonb_array_elements(work -> 'cells') LOOP
        person := people -> (cell ->> 'person');
        me := person ->> 'me';
        login := person ->> 'sub';
        outcomes := '{}';
        attempts := '{}';
        meant := '[]';
        total := 0;

        -- What the plan says, looked up by somebody whom no policy binds.
        IF cell ->> 'total' IS NOT NULL THEN
            EXECUTE cell ->> 'total' INTO total;
        END IF;
        IF cell ->> 'meant' IS NOT NULL THEN
            EXECUTE cell ->> 'meant' INTO meant USING me, login;
        END IF;

        -- What is to be tried: one statement, one for each row, or one for each row and value.
        IF cell ->> 'keys' IS NULL THEN
            attempts := ARRAY[pg_catalog.jsonb_build_object('key', NULL)];
        ELSE
            FOR row_key, new_row IN EXECUTE cell ->> 'keys' USING me, login LOOP
                attempts := attempts || pg_catalog.jsonb_build_object('key', row_key, 'row', new_row);
                -- The same row with one id that names a person made the caller's own, or another's.
                FOR variant IN
                    SELECT value FROM pg_catalog.jsonb_array_elements(coalesce(cell -> 'ids', '[]'))
                LOOP
                    CONTINUE WHEN (CASE variant ->> 'is' WHEN 'me' THEN me ELSE login END) IS NULL;
                    CONTINUE WHEN new_row ->> (variant ->> 'column')
                        IS NOT DISTINCT FROM (CASE variant ->> 'is' WHEN 'me' THEN me ELSE login END);
                    attempts := attempts || pg_catalog.jsonb_build_object(
                        'key', row_key,
                        'variant', pg_catalog.format('%s = own', variant ->> 'column'),
                        'row', new_row || pg_catalog.jsonb_build_object(
                            variant ->> 'column', CASE variant ->> 'is' WHEN 'me' THEN me ELSE login END));
                END LOOP;
            END LOOP;
        END IF;

        FOREACH attempt IN ARRAY attempts LOOP
            -- Running out of stack takes the server seconds, and it would again for every row, command and person.
            IF exhausted ? (cell ->> 'place') THEN
                outcomes := outcomes || pg_catalog.jsonb_build_object(
                    'key', attempt -> 'key', 'state', 'TPNOT', 'message', exhausted -> (cell ->> 'place'))::text;
                EXIT;
            END IF;
            state := '00000';
            message := NULL;
            result := NULL;
            touched := 0;
            before := NULL;
            verdict := NULL;
            readable := NULL;
            row_key := attempt ->> 'key';
            new_row := attempt -> 'row';
            BEGIN
                PERFORM pg_catalog.set_config('request.jwt.claims', person ->> 'claims', true),
                    pg_catalog.set_config('request.jwt.claim.sub', coalesce(login, ''), true),
                    pg_catalog.set_config('request.jwt.claim.role', person ->> 'role', true);
                IF cell ->> 'before' IS NOT NULL THEN
                    EXECUTE cell ->> 'before' INTO before USING me, login, row_key, new_row;
                END IF;
                IF cell ->> 'fresh' IS NOT NULL THEN
                    EXECUTE cell ->> 'fresh' INTO new_row USING me, login, row_key, new_row;
                END IF;
                IF cell ->> 'verdict' IS NOT NULL THEN
                    EXECUTE cell ->> 'verdict' INTO verdict, readable USING me, login, row_key, new_row;
                END IF;
                IF cell ? 'readable' AND (verdict AND readable) IS NOT TRUE THEN
                    RAISE SQLSTATE 'TPSKP';
                END IF;
                PERFORM pg_catalog.set_config('row_security', 'on', true),
                    pg_catalog.set_config('role', person ->> 'role', true);
                IF cell ->> 'ask' IS NOT NULL THEN
                    EXECUTE cell ->> 'ask' INTO result USING me, login, row_key, new_row, before;
                ELSE
                    EXECUTE cell ->> 'do' USING me, login, row_key, new_row;
                    GET DIAGNOSTICS touched = ROW_COUNT;
                    -- What would be asked at COMMIT.
                    SET CONSTRAINTS ALL IMMEDIATE;
                END IF;
                IF cell ->> 'after' IS NOT NULL THEN
                    PERFORM pg_catalog.set_config('role', owner, true), pg_catalog.set_config('row_security', 'off', true);
                    EXECUTE cell ->> 'after' INTO after USING me, login, row_key, new_row, before, result;
                    result := after;
                END IF;
                RAISE SQLSTATE 'TPUND';
            EXCEPTION
                WHEN SQLSTATE 'TPUND' THEN NULL;
                WHEN SQLSTATE 'TPSKP' THEN state := 'TPSKP';
                WHEN OTHERS THEN
                    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
                    touched := 0;
                    result := NULL;
            END;
            IF state = '54001' AND cell ? 'place' THEN
                exhausted := exhausted || pg_catalog.jsonb_build_object(cell ->> 'place', state || ', ' || message);
            END IF;
            outcomes := outcomes || pg_catalog.jsonb_build_object(
                'key', row_key, 'variant', attempt -> 'variant', 'state', state, 'message', message, 'touched', touched,
                'result', result, 'meant', verdict, 'readable', readable)::text;
        END LOOP;
        answers := answers || pg_catalog.format(
            '{"total": %s, "meant": %s, "me": %s, "tries": [%s]}',
            total, meant, coalesce(pg_catalog.to_json(me)::text, 'null'), pg_catalog.array_to_string(outcomes, ','));
    END LOOP;
    PERFORM pg_catalog.set_config('trackpay.answer', pg_catalog.format('[%s]', pg_catalog.array_to_string(answers, ',')), true);
END
$probe$
