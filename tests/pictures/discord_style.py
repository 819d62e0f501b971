"""How the picture of a Discord conversation looks: dark, one column, nothing from outside."""

from __future__ import annotations

STYLE = """
* { box-sizing: border-box; }
body { margin: 0; background: #313338; color: #dbdee1; font: 16px/1.375 "gg sans", "Noto Sans",
  "Helvetica Neue", Helvetica, Arial, sans-serif; }
header { position: sticky; top: 0; background: #313338; padding: 12px 16px;
  border-bottom: 1px solid #26272b; z-index: 1; }
h1 { margin: 0; font-size: 16px; color: #f2f3f5; }
h1 i { color: #80848e; font-style: normal; margin-right: 6px; font-weight: 500; font-size: 20px; }
h1 small { color: #949ba4; font-weight: 400; margin-left: 8px; font-size: 14px; }
main { max-width: 860px; padding: 8px 0 32px; }
a { color: #00a8fc; text-decoration: none; }
a:hover { text-decoration: underline; }
.day { display: flex; align-items: center; margin: 20px 16px 4px; color: #949ba4; gap: 8px;
  font-size: 12px; font-weight: 600; }
.day::before, .day::after { content: ""; flex: 1; border-top: 1px solid #3f4147; }
.message { position: relative; margin-top: 17px; padding: 2px 48px 2px 72px; }
.message.next { margin-top: 0; }
.message.pinged { background: #444037; box-shadow: inset 2px 0 #f0b232; }
.message.hidden { background: #36393f; box-shadow: inset 2px 0 #5865f2; padding-bottom: 6px; }
.avatar { position: absolute; left: 16px; width: 40px; height: 40px; border-radius: 50%;
  color: #fff; font-weight: 600; font-size: 15px; line-height: 40px; text-align: center; }
.avatar.small { position: static; display: inline-block; width: 16px; height: 16px;
  font-size: 8px; line-height: 16px; margin-right: 4px; vertical-align: -3px; flex: none; }
.above { position: relative; display: flex; align-items: center; margin-bottom: 4px;
  font-size: 14px; line-height: 18px; color: #b5bac1; white-space: nowrap; overflow: hidden;
  margin-left: -36px; padding-left: 36px; }
.above::before { content: ""; position: absolute; left: 0; top: 8px; width: 32px; height: 14px;
  border: 2px solid #4e5058; border-right: 0; border-bottom: 0; border-top-left-radius: 6px; }
.above b { color: #c9ccd1; font-weight: 500; margin-right: 4px; }
.above span.said { overflow: hidden; text-overflow: ellipsis; }
.above .command { color: #00a8fc; }
.name { color: #f2f3f5; font-weight: 500; }
.app { background: #5865f2; color: #fff; border-radius: 3px; font-size: 10px; font-weight: 600;
  padding: 1px 4px; margin-left: 4px; vertical-align: 2px; }
.above .app { margin: 0 4px 0 0; vertical-align: 0; }
time { color: #949ba4; font-size: 12px; margin-left: 6px; font-weight: 500; }
.text, .quoted { white-space: pre-wrap; overflow-wrap: anywhere; }
.small { color: #949ba4; font-size: 13px; white-space: pre-wrap; }
h2, h3, h4 { margin: 12px 0 6px; color: #f2f3f5; font-weight: 700; }
h2 { font-size: 24px; } h3 { font-size: 20px; } h4 { font-size: 16px; }
blockquote { margin: 2px 0; padding: 0 8px 0 14px; position: relative; max-width: 90%; }
blockquote::before { content: ""; position: absolute; left: 0; top: 0; bottom: 0; width: 4px;
  border-radius: 4px; background: #4e5058; }
.item { display: flex; gap: 10px; padding-left: 8px; }
.item span.body { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
code { background: #2b2d31; border-radius: 4px; padding: 1px 4px; font: 13.6px/1.3 Consolas,
  "Andale Mono", "DejaVu Sans Mono", monospace; }
pre { background: #2b2d31; border: 1px solid #1e1f22; border-radius: 4px; padding: 8px;
  margin: 6px 0 0; max-width: 90%; white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { background: none; padding: 0; }
.mention { background: #3c4270; color: #c9cdfb; border-radius: 3px; padding: 0 2px;
  font-weight: 500; }
.spoiler { background: #4e5058; border-radius: 4px; }
.edited { color: #949ba4; font-size: 10px; margin-left: 4px; }
.thinking { color: #949ba4; }
.thinking i { display: inline-block; width: 6px; height: 6px; border-radius: 50%; margin-right: 3px;
  background: #b5bac1; }
.failed { color: #f38688; font-size: 14px; }
.only { color: #949ba4; font-size: 12px; margin-top: 4px; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
.button { color: #fff; border-radius: 3px; padding: 6px 16px; font-size: 14px; font-weight: 500;
  line-height: 20px; background: #4e5058; }
.button.primary { background: #5865f2; } .button.success { background: #248046; }
.button.danger { background: #da373c; } .button.off { opacity: .5; }
.card, .file { background: #2b2d31; border-radius: 4px; margin-top: 6px;
  padding: 8px 16px 12px 12px; max-width: 520px; border-left: 4px solid #1e1f22; font-size: 14px; }
.card h3 { font-size: 16px; margin: 4px 0; }
.card .footer { color: #b5bac1; font-size: 12px; margin-top: 8px; }
.file { border: 1px solid #26272b; border-radius: 8px; padding: 12px 16px; font-size: 16px; }
.file small { display: block; color: #949ba4; font-size: 12px; }
.reactions { display: flex; gap: 4px; margin-top: 4px; }
.reactions span { background: #2b2d31; border-radius: 8px; padding: 2px 6px; font-size: 14px; }
.thread { margin-top: 6px; background: #2b2d31; border-radius: 4px; padding: 8px; font-size: 14px;
  font-weight: 600; color: #f2f3f5; max-width: 480px; }
"""
