-- What the chunk's responses say.
COPY pg_temp.response_incoming FROM STDIN;
