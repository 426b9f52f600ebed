"""The kit that every REST endpoint is made with.

    router = Router(tags=["Clients"])

    @operation(router, "GET", "/clients", right="clients.client:view", answer=ClientPage)
    def list_clients(request, filters: Query[ClientFilters]):
        ...
        return answer({"data": rows, "next": cursor})

`problems` turns what actions raise into problem+json (RFC 9457); `operation` adds the policy, the allow-list of
query parameters, rate limits and idempotency keys.
"""
