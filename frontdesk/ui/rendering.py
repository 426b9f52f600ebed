"""Jinja2 with the detours taken out of what a page does hundreds of times: call a function, write a value."""

import functools
import types
from collections.abc import Callable
from html import escape as escape_text
from typing import Any

import jinja2
from jinja2 import compiler, runtime
from markupsafe import Markup, escape

from frontdesk.core.reader import one_reader

_DIRECT = frozenset((types.FunctionType, types.MethodType, types.BuiltinFunctionType, functools._lru_cache_wrapper))


def shown(value: Any) -> str:
    """What stands in the page for a value; the same as `markupsafe.escape`, which copies even what is safe, twice."""
    kind = type(value)
    if kind is Markup:
        return value
    return escape_text(value) if kind is str else escape(value)


class Context(runtime.Context):
    """Calls plain functions and macros without asking eight times what they might be."""

    def call(self, function, /, *args, **kwargs):
        """Call what a template calls."""
        kind = type(function)
        if kind is runtime.Macro:
            args = (self.eval_ctx, *args)
        elif kind not in _DIRECT or hasattr(function, "jinja_pass_arg"):
            return super().call(function, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return function(*args, **kwargs)


class _Code(compiler.CodeGenerator):
    """Writes values by `shown`."""

    def _output_child_pre(self, node, frame, finalize) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


def _joined(render: Callable) -> Callable:
    """A template's function, its pieces put together at once.

    A page is nested six deep, and each piece of a row would climb through all of it by itself.
    """

    def whole(context):
        yield "".join(render(context))

    return whole


class Template(jinja2.Template):
    """Asks once who reads the page."""

    @classmethod
    def _from_namespace(cls, environment, namespace, globals):
        made = super()._from_namespace(environment, namespace, globals)
        made.root_render_func = _joined(made.root_render_func)
        return made

    def render(self, *args, **kwargs) -> str:
        """The page."""
        with one_reader():
            return super().render(*args, **kwargs)


class Environment(jinja2.Environment):
    """The environment that these make up."""

    context_class = Context
    code_generator_class = _Code
    template_class = Template
    shown = staticmethod(shown)
