--
-- PostgreSQL database dump
--

\restrict 4jQnTzVb2RkPq8sLwXyC7mHdGfE1aUoB5iZ

-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account (
    id bigint NOT NULL,
    owner text CONSTRAINT "the owner; is needed" NOT NULL,
    shout text GENERATED ALWAYS AS (upper(owner)),
    opened date DEFAULT CURRENT_DATE NOT NULL
);


--
-- Name: account_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Data for Name: account; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.account (id, owner, opened) FROM stdin;
1	a;b	2026-01-01
2	\\.	2026-01-02
\.


--
-- Name: account_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.account_id_seq', 2, true);


--
-- Name: account account_opened_check; Type: CHECK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE public.account
    ADD CONSTRAINT account_opened_check CHECK ((opened > '2000-01-01'::date)) NOT ENFORCED;


--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);


--
-- PostgreSQL database dump complete
--

\unrestrict 4jQnTzVb2RkPq8sLwXyC7mHdGfE1aUoB5iZ

