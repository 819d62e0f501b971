"""A model that obeys an article full of orders: on the wire there is what is proven, and inert."""

from __future__ import annotations

from tests.fakes.openai_server import OpenAIServer
from tests.obedient import OWN, QUESTION, TRACES, article, obeying
from tests.scenarios.stage import Stage
from tests.scenarios.test_hostile_articles import innocent


async def test_nothing_that_an_article_orders_reaches_a_person(stage: Stage, model: OpenAIServer):
    row = {"id": "all", "text": "\n\n".join(text for _, text, _ in OWN), "success_if": "TOWER7"}
    model.scripts[:] = [obeying(row, model)]
    admin = stage.world.together("Ada Bell", admin=True)
    upload = article(row)
    await admin.upload((upload.name, upload.data), command="ingest")
    await admin.see("The kiln at Marden")
    asked = await admin.mention(QUESTION)
    answer = await stage.replied(admin, asked, "lit again on Monday", "[1]", seconds=30)
    await stage.quiet()
    assert len(model.requests) == 1
    assert answer.links == ()
    for bubble in admin.bubbles():
        innocent(stage, bubble)
    written = answer.text.partition("Sources")[0]
    assert [trace for trace in TRACES if trace in written] == []
    assert "sk-evil" not in answer.text
    assert "The passages stand" not in answer.text
    assert all(each.quiet for each in stage.world.said())
