"""The API's own form for the one error that never reaches an operation."""

from .problems import problem

API_PREFIX = "/api/"


class MethodProblemMiddleware:
    """Answers a method that an address of the API does not offer with a problem, as every other error."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or not request.path_info.startswith(API_PREFIX):
            return response
        return problem(405, headers={"Allow": response.headers.get("Allow", "")})
