-- Written down from what the app's screens need; the audit table comes with step 3.2.

CREATE TABLE trackpay_users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    auth_user_id uuid REFERENCES auth.users (id) ON DELETE CASCADE,
    email text,
    role text NOT NULL CHECK (role = 'provider' OR role = 'client'),
    name text,
    phone text,
    hourly_rate numeric(10, 2),
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

CREATE TABLE trackpay_relationships (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider_id uuid REFERENCES trackpay_users (id) ON DELETE CASCADE,
    client_id uuid REFERENCES trackpay_users (id) ON DELETE CASCADE,
    hourly_rate numeric(10, 2),
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    UNIQUE (provider_id, client_id)
);

CREATE TABLE trackpay_sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider_id uuid REFERENCES trackpay_users (id) ON DELETE CASCADE,
    client_id uuid REFERENCES trackpay_users (id) ON DELETE CASCADE,
    start_time timestamptz NOT NULL,
    end_time timestamptz,
    duration_minutes integer,
    hourly_rate numeric(10, 2),
    amount_due numeric(10, 2),
    status text DEFAULT 'active' CHECK (status = ANY ('{active,unpaid,requested,paid}')),
    notes text,
    crew_size integer DEFAULT 1,
    person_hours numeric(10, 2),
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

-- The key to the client has a name of its own, so step 3.2 does not find it under the usual one.
CREATE TABLE trackpay_payments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider_id uuid REFERENCES trackpay_users (id) ON DELETE CASCADE,
    client_id uuid CONSTRAINT payments_of_client REFERENCES trackpay_users (id) ON DELETE CASCADE,
    session_id uuid REFERENCES trackpay_sessions (id) ON DELETE CASCADE,
    session_ids uuid[],
    amount numeric(10, 2) NOT NULL,
    payment_method text,
    payment_date timestamptz DEFAULT now(),
    notes text,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

CREATE TABLE trackpay_requests (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider_id uuid REFERENCES trackpay_users (id) ON DELETE CASCADE,
    client_id uuid REFERENCES trackpay_users (id) ON DELETE CASCADE,
    session_id uuid REFERENCES trackpay_sessions (id) ON DELETE CASCADE,
    amount numeric(10, 2) NOT NULL,
    status text DEFAULT 'pending' CHECK (status = ANY ('{pending,approved,rejected,paid}')),
    requested_at timestamptz DEFAULT now(),
    responded_at timestamptz,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

CREATE TABLE trackpay_activities (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid REFERENCES trackpay_users (id) ON DELETE CASCADE,
    provider_id uuid REFERENCES trackpay_users (id) ON DELETE CASCADE,
    client_id uuid REFERENCES trackpay_users (id) ON DELETE CASCADE,
    session_id uuid REFERENCES trackpay_sessions (id) ON DELETE CASCADE,
    activity_type text NOT NULL,
    description text,
    metadata jsonb,
    created_at timestamptz DEFAULT now()
);

CREATE TABLE trackpay_invites (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider_id uuid REFERENCES trackpay_users (id) ON DELETE CASCADE,
    client_id uuid REFERENCES trackpay_users (id) ON DELETE CASCADE,
    invite_code text UNIQUE NOT NULL,
    client_name text,
    client_email text,
    hourly_rate numeric(10, 2),
    status text DEFAULT 'pending' CHECK (status = ANY ('{pending,claimed,expired}')),
    claimed_by uuid REFERENCES trackpay_users (id) ON DELETE SET NULL,
    claimed_at timestamptz,
    expires_at timestamptz,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);
