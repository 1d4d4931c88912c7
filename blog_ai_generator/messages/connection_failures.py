# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Messages about calls that reached no model, by a wrong address or setting.

Only administrators see a provider's settings, so only they read which one to change.
"""

from odoo.tools import LazyTranslate

from .message import Wording

# Made when the module is loaded: there is no environment yet, and no reader.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

CONNECTION_FAILURES = {
    "connection": Wording(
        _lt("The provider could not be reached."),
        _lt(
            "Retry; if it happens again, choose another provider, or ask an "
            "administrator to check this one."
        ),
        _lt(
            "Check the network and the base URL in the provider's settings, then retry."
        ),
        _lt("Check the network and the base URL here, then test again."),
    ),
    "connection.dns": Wording(
        _lt("The provider's host name could not be resolved."),
        _lt(
            "Retry; if it happens again, choose another provider, or ask an "
            "administrator to check this one."
        ),
        _lt(
            "Check the spelling of the base URL in the provider's settings, and this "
            "server's network, then retry."
        ),
        _lt(
            "Check the spelling of the base URL here, and this server's network, then "
            "test again."
        ),
    ),
    "connection.refused": Wording(
        _lt("Nothing answers at the provider's address."),
        _lt(
            "Retry; if it happens again, choose another provider, or ask an "
            "administrator to check this one."
        ),
        _lt(
            "Check that the service is running and that the base URL has the right "
            "host and port, then retry."
        ),
    ),
    "connection.tls": Wording(
        _lt("No secure connection to the provider could be made."),
        _lt("Choose another provider, or ask an administrator to check this one."),
        _lt(
            "Check that the base URL starts with the right http:// or https:// and "
            "that the server's certificate is valid, then retry."
        ),
    ),
    "connection.proxy": Wording(
        _lt("The network's proxy did not let the request through."),
        _lt(
            "Ask an administrator to check the proxy settings of this server, then "
            "retry."
        ),
        _lt("Check the proxy settings of this server, then retry."),
    ),
    "connection.closed": Wording(
        _lt("The provider closed the connection before the answer was complete."),
        _lt("Retry; if it happens again, choose another model or provider."),
    ),
    "bad_request.not_found": Wording(
        _lt(
            "The provider does not know this model, or no longer offers it, or the "
            "address is wrong."
        ),
        _lt("Choose another model, or ask an administrator to check the provider."),
        _lt(
            "Check the model name and the base URL in the provider's settings, then "
            "retry."
        ),
        _lt("Check the model name and the base URL here, then test again."),
    ),
    "bad_request.redirect": Wording(
        _lt(
            "The provider's address redirects elsewhere, and Odoo does not follow "
            "redirects."
        ),
        _lt("Choose another provider, or ask an administrator to check this one."),
        _lt(
            "Enter the final address as the base URL in the provider's settings, then "
            "retry."
        ),
        _lt("Enter the final address here as the base URL, then test again."),
    ),
    "bad_request.base_url": Wording(
        _lt("The address of the provider is not usable."),
        _lt("Choose another provider, or ask an administrator to check this one."),
        _lt(
            "Enter a base URL like https://api.example.com/v1 in the provider's "
            "settings, then retry."
        ),
        _lt("Enter a base URL like https://api.example.com/v1 here, then test again."),
    ),
    "bad_request.placeholder": Wording(
        _lt("The address of the provider still contains the word %(name)s."),
        _lt("Choose another provider, or ask an administrator to complete this one."),
        _lt(
            "Replace it in the base URL, in the provider's settings, with the value of "
            "your account, then retry."
        ),
        _lt(
            "Replace it here, in the base URL, with the value of your account, then "
            "test again."
        ),
    ),
    "bad_request.no_model": Wording(
        _lt("No model is chosen."),
        _lt("Choose one, or ask an administrator to set the provider's default model."),
        _lt("Choose one in the provider's settings, then retry."),
        _lt("Choose one here, then test again."),
    ),
    "bad_request.no_list": Wording(
        _lt("This provider cannot list its models."),
        _lt("Enter the name of the model by hand."),
    ),
    "bad_request.no_pictures": Wording(
        _lt("This provider makes no pictures."),
        _lt("Choose another provider of pictures in the settings of the blog."),
    ),
    "bad_request.protocol": Wording(
        _lt("This provider uses a protocol that is not installed."),
        _lt("Choose another provider, or ask an administrator to check this one."),
        _lt("Choose another protocol in the provider's settings."),
        _lt("Choose another protocol here."),
    ),
    "unusable.no_api": Wording(
        _lt("The server at the provider's address is not a language-model API."),
        _lt("Choose another provider, or ask an administrator to check this one."),
        _lt("Check the base URL in the provider's settings, then retry."),
        _lt("Check the base URL here, then test again."),
    ),
    "unusable.no_picture": Wording(
        _lt("The provider sent no picture that a page can show."),
        _lt("Try again, or choose another model for pictures in the blog's settings."),
    ),
    "unusable.large_picture": Wording(
        _lt("The provider sent a picture that is too large for a page."),
        _lt("Choose another model for pictures in the settings of the blog."),
    ),
    "unusable.too_big": Wording(
        _lt("The provider sent far more data than an answer can have."),
        _lt("Choose another provider, or ask an administrator to check this one."),
        _lt("Check the base URL in the provider's settings, then retry."),
        _lt("Check the base URL here, then test again."),
    ),
}
