"""How the bot gets its updates: by asking, or at an address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.telegram.methods.table import method

if TYPE_CHECKING:
    from tests.fakes.telegram.fake import Fake
    from tests.fakes.telegram.params import Params


@method
async def get_updates(fake: Fake, p: Params) -> Any:
    fake.mail.choose(p.json("allowed_updates"))
    return await fake.mail.poll(
        p.number("offset"), p.number("limit", 100), min(p.number("timeout"), 50)
    )


@method
async def set_webhook(fake: Fake, p: Params) -> Any:
    fake.mail.choose(p.json("allowed_updates"))
    if p.flag("drop_pending_updates"):
        fake.mail.letters.clear()
    if p.text("url"):
        fake.webhook.set(p.text("url"), p.text("secret_token"), p.number("max_connections"))
        fake.mail.interrupt("terminated by setWebhook request")
    else:
        fake.webhook.clear()
    return True


@method
async def delete_webhook(fake: Fake, p: Params) -> Any:
    if p.flag("drop_pending_updates"):
        fake.mail.letters.clear()
    fake.webhook.clear()
    return True


@method
async def get_webhook_info(fake: Fake, p: Params) -> Any:
    return fake.webhook.info()


@method
async def log_out(fake: Fake, p: Params) -> Any:
    fake.webhook.clear()
    return True


@method
async def close(fake: Fake, p: Params) -> Any:
    return True
