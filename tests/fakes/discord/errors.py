"""Errors as Discord answers them: an HTTP status, a code, a sentence, and a tree for bad forms."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An error that the client is to be told."""

    def __init__(
        self, status: int, code: int, message: str, errors: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


def unauthorized() -> ApiError:
    return ApiError(401, 0, "401: Unauthorized")


def no_route() -> ApiError:
    return ApiError(404, 0, "404: Not Found")


UNKNOWN = {
    "Channel": 10003,
    "Guild": 10004,
    "Member": 10007,
    "Message": 10008,
    "User": 10013,
    "Emoji": 10014,
    "Webhook": 10015,
    "interaction": 10062,
    "application command": 10063,
    "Application": 10002,
}


def unknown(what: str) -> ApiError:
    return ApiError(404, UNKNOWN[what], f"Unknown {what}")


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")


def cannot_write_to_user() -> ApiError:
    return ApiError(403, 50007, "Cannot send messages to this user")


def another_author() -> ApiError:
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> ApiError:
    return ApiError(400, 50006, "Cannot send an empty message")


def bad_json() -> ApiError:
    return ApiError(400, 50109, "The request body contains invalid JSON.")


def bad_token() -> ApiError:
    return ApiError(401, 50027, "Invalid Webhook Token")


def already_acknowledged() -> ApiError:
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def thread_exists() -> ApiError:
    return ApiError(400, 160004, "A thread has already been created for this message")


def no_history() -> ApiError:
    return ApiError(403, 160002, "Cannot reply without permission to read message history")


def too_large() -> ApiError:
    return ApiError(413, 40005, "Request entity too large")


class Form:
    """Collects what is wrong with a body, each fault at its path, and raises it all at once."""

    def __init__(self) -> None:
        self._errors: dict[str, Any] = {}

    def wrong(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        at = self._errors
        for key in path:
            at = at.setdefault(str(key), {})
        at.setdefault("_errors", []).append({"code": code, "message": message})

    def length(
        self, path: tuple[str | int, ...], value: object, least: int, most: int, need: bool = False
    ) -> None:
        """A text, or nothing unless needed, of `least` to `most` characters."""
        if value is None:
            if need:
                self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif not isinstance(value, str):
            self.wrong(path, "STRING_TYPE_CONVERT", "Could not interpret the value as string.")
        elif len(value) < least:
            words = f"Must be between {least} and {most} in length."
            self.wrong(path, "BASE_TYPE_BAD_LENGTH", words)
        elif len(value) > most:
            words = f"Must be {most} or fewer in length."
            self.wrong(path, "BASE_TYPE_MAX_LENGTH", words)

    def choice(
        self, path: tuple[str | int, ...], value: object, allowed: tuple[object, ...]
    ) -> bool:
        if value in allowed:
            return True
        words = f"Value must be one of {{{', '.join(map(str, allowed))}}}."
        self.wrong(path, "BASE_TYPE_CHOICES", words)
        return False

    def check(self) -> None:
        if self._errors:
            raise ApiError(400, 50035, "Invalid Form Body", self._errors)
