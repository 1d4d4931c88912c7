# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Failures of an attempt: the codes of ``llm.LLMError``, then those of the pump.

A key is "code" or "code.reason", where what to do next differs. Failures to reach the
service are in ``connection_failures.py``, those of an answer that arrived in
``answer_failures.py``.
"""

from odoo.tools import LazyTranslate

from .message import Wording

# Made when the module is loaded: there is no environment yet, and no reader.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

FAILURES = {
    "authentication": Wording(
        _lt("The provider did not accept the API key."),
        _lt(
            "Ask an administrator to enter a valid key in the provider's settings, "
            "then retry."
        ),
        _lt("Enter a valid key in the provider's settings, then retry."),
        _lt("Enter a valid key here, then test again."),
    ),
    "authentication.missing": Wording(
        _lt("No API key is set for this provider."),
        _lt(
            "Ask an administrator to enter one in the provider's settings, then retry."
        ),
        _lt("Enter one in the provider's settings, then retry."),
        _lt("Enter one here, then test again."),
    ),
    "authentication.malformed": Wording(
        _lt(
            "The API key contains characters that are never part of a key, such as a "
            "line break."
        ),
        _lt(
            "Ask an administrator to copy it again into the provider's settings, then "
            "retry."
        ),
        _lt("Copy it again into the provider's settings, then retry."),
        _lt("Copy it here once more, then test again."),
    ),
    "permission": Wording(
        _lt(
            "The provider knows the API key but does not allow this model or action "
            "with it."
        ),
        _lt(
            "Choose another model, or ask an administrator to extend the rights of the "
            "key at the provider."
        ),
        _lt("Choose another model, or extend the rights of the key at the provider."),
    ),
    "permission.data_policy": Wording(
        _lt("The data policy of the provider account rules out this model."),
        _lt(
            "Choose another model, or ask an administrator to change the privacy "
            "settings of the account at the provider."
        ),
        _lt(
            "Choose another model, or change the privacy settings of the account at "
            "the provider."
        ),
    ),
    "permission.unverified": Wording(
        _lt(
            "The provider gives this model to verified organizations only, and the "
            "account's organization is not verified."
        ),
        _lt(
            "Choose another model, or ask an administrator to verify the organization "
            "at the provider."
        ),
        _lt("Choose another model, or verify the organization at the provider."),
    ),
    "quota": Wording(
        _lt("The provider account has no credit left."),
        _lt(
            "Ask an administrator to top it up or to raise its limit at the provider, "
            "then retry."
        ),
        _lt("Top it up or raise its limit at the provider, then retry."),
    ),
    "quota.date": Wording(
        _lt(
            "The provider account has reached its spending limit. The provider gives "
            "access again on %(date)s."
        ),
        _lt(
            "Retry then, choose another provider, or ask an administrator to raise the "
            "limit at the provider."
        ),
        _lt("Retry then, choose another provider, or raise the limit at the provider."),
    ),
    "rate_limit": Wording(
        _lt("The provider is receiving too many requests from this account."),
        _lt("Wait a moment, then retry."),
    ),
    "rate_limit.hours": Wording(
        _lt("The provider takes no more requests from this account now."),
        _lt("Retry in about %(count)s hours, as it asks, or choose another provider."),
    ),
    "rate_limit.days": Wording(
        _lt("The provider takes no more requests from this account now."),
        _lt("Retry in about %(count)s days, as it asks, or choose another provider."),
    ),
    "overloaded": Wording(
        _lt("The provider is overloaded or has a problem of its own."),
        _lt("Wait a few minutes, then retry or choose another provider."),
    ),
    "overloaded.cooldown": Wording(
        _lt("The gateway does not use this model for some seconds, after errors."),
        _lt(
            "Wait a moment, then retry; if it happens again, ask an administrator to "
            "look at the gateway's log."
        ),
        _lt(
            "Wait a moment, then retry; if it happens again, look at the gateway's log."
        ),
    ),
    "overloaded.no_key": Wording(
        _lt("The server failed. No API key is set for it, which may be the reason."),
        _lt(
            "Retry; if it happens again, ask an administrator to enter a key in the "
            "provider's settings."
        ),
        _lt(
            "If the server needs a key, enter it in the provider's settings, then "
            "retry."
        ),
        _lt("If the server needs a key, enter it here, then test again."),
    ),
    "timeout": Wording(
        _lt("The provider took too long to answer."),
        _lt(
            "Retry, choose a faster model or a shorter length, or ask an administrator "
            "to raise “Time Limit” in the provider's settings."
        ),
        _lt(
            "Retry, choose a faster model or a shorter length, or raise “Time Limit” "
            "in the provider's settings."
        ),
        _lt("Test again, choose a faster model, or raise “Time Limit” here."),
    ),
    "cancelled": Wording(
        _lt("The call was cancelled before the provider answered."),
        _lt("Retry to write the post after all."),
    ),
    "stopped": Wording(
        _lt("Odoo was shut down before the provider answered."),
        _lt("Unless it is tried again automatically, press Retry."),
    ),
    "bad_request": Wording(
        _lt("The provider did not understand the request."),
        _lt(
            "Choose another model, or ask an administrator to check the provider's "
            "settings."
        ),
        _lt("Choose another model, or check the provider's settings."),
    ),
    "bad_request.not_chat": Wording(
        _lt("This model cannot be used to write: it is not a chat model."),
        _lt("Choose another model."),
    ),
    "bad_request.too_large": Wording(
        _lt("The request is too long for this model."),
        _lt("Shorten the notes, or choose another model."),
    ),
    "bad_request.output_limit": Wording(
        _lt("The output limit is higher than this model allows."),
        _lt(
            "Choose another model, or ask an administrator to lower the output limit "
            "of the provider."
        ),
        _lt("Choose another model, or lower the output limit of the provider."),
    ),
    "bad_request.plan": Wording(
        _lt(
            "The provider's plan allows %(limit)s tokens a minute and this asks for "
            "%(requested)s."
        ),
        _lt(
            "Ask an administrator to lower the output limit of the provider or to "
            "extend the plan, then retry."
        ),
        _lt(
            "Enter a lower output limit in the provider's settings or extend the plan, "
            "then retry."
        ),
        _lt("Enter a lower output limit here or extend the plan, then test again."),
    ),
    "bad_request.no_topic": Wording(
        _lt("There is no topic to write about."),
        _lt("Enter a topic, then retry."),
    ),
    "bad_request.not_made": Wording(
        _lt("The article could not be requested."),
        _lt(
            "Ask an administrator to look at the technical detail and fix the cause, "
            "then press Retry."
        ),
        _lt("Look at the technical detail and fix the cause, then press Retry."),
    ),
    "lost": Wording(
        _lt("Odoo was stopped while it waited for the provider's answer."),
        _lt("Unless it is tried again automatically, press Retry."),
    ),
    "storage": Wording(
        _lt("The article was written, but Odoo could not save the post."),
        _lt(
            "Ask an administrator to look at the technical detail and fix the cause, "
            "then press Retry."
        ),
        _lt("Look at the technical detail and fix the cause, then press Retry."),
    ),
    "storage.reason": Wording(
        _lt("The article was written, but Odoo could not save the post."),
        _lt("Fix this, then press Retry: %(reason)s"),
    ),
}
