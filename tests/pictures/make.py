"""Makes the pictures of docs/: a real conversation on each platform, drawn from what the fake got.

python -m tests.pictures.make        (needs chromium on the path)
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bot.samples import FOLDER
from tests.fakes.discord.transcript import transcript as discord_transcript
from tests.fakes.telegram.transcript import transcript as telegram_transcript
from tests.pictures import discord, telegram
from tests.scenarios.stage import Stage, staged

DOCS = Path(__file__).parents[2] / "docs"
SIZES = {"telegram": (820, 2060), "discord": (980, 1800)}
ARTICLE = FOLDER / "01-lecun-leaves-meta.txt"
BROWSER = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
    "--force-device-scale-factor=1.5",
)


async def converse(stage: Stage) -> Any:
    """Play the conversation of the pictures; give a person who was in it."""
    ada = stage.world.together("Ada Bell", admin=True)
    ben = stage.world.together("Ben Carr")
    await ada.upload((ARTICLE.name, ARTICLE.read_bytes()))
    await ada.see("Stored")
    assert stage.app.worker
    await stage.app.worker.drain()
    await ben.mention("why did LeCun leave Meta?")
    answer = await ben.see("[1]")
    await ben.say("and when does he leave?", to=answer.id)
    await ben.see()
    await ben.mention("Who won the 2018 World Cup?")
    await ben.see("don't answer")
    return ben


async def main() -> None:
    for name, (width, height) in SIZES.items():
        with tempfile.TemporaryDirectory() as folder:
            async with staged(name, Path(folder), embeddings="local") as stage:
                ben = await converse(stage)
                if name == "telegram":
                    told: Any = telegram_transcript(ben.fake, ben.place)
                    html = telegram.page(told, "Footnote in Telegram")
                else:
                    told = discord_transcript(ben.fake, ben.channel, ben.user)
                    html = discord.page(told, "Footnote in Discord")
            shoot(html, DOCS / f"{name}.png", width, height)


def shoot(html: str, picture: Path, width: int, height: int) -> None:
    """Draw a page as a browser does."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    assert browser, "chromium is not on the path"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        subprocess.run(
            [
                browser,
                *BROWSER,
                f"--user-data-dir={folder}/profile",
                f"--window-size={width},{height}",
                f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


if __name__ == "__main__":
    asyncio.run(main())
