"""The look of the drawn conversation: a light desktop chat."""

STYLE = """
:root { --blue: #2f7fc1; --own: #e7fbd3; --quote: #3d7fc4; }
* { box-sizing: border-box; }
body { margin: 0; background: #d5dfe8; color: #0b0b0b; font: 15px/1.38 "Segoe UI", "Noto Sans",
  "Noto Sans CJK SC", "Noto Color Emoji", system-ui, sans-serif; overflow-wrap: anywhere; }
header { position: sticky; top: 0; z-index: 1; display: flex; gap: 12px; align-items: center;
  padding: 8px 18px; background: #fff; border-bottom: 1px solid #dadfe3; }
header h1 { margin: 0; font-size: 15px; }
header p { margin: 0; color: #87919a; font-size: 13px; }
main { max-width: 760px; margin: 0 auto; padding: 12px 16px 24px; }
.day { margin: 10px 0; text-align: center; }
.day span { padding: 3px 10px; border-radius: 12px; background: rgba(80, 102, 122, .62);
  color: #fff; font-size: 13px; font-weight: 600; }
.row { display: flex; gap: 8px; align-items: flex-start; margin: 2px 0; }
.row.first { margin-top: 10px; }
.row.own { justify-content: flex-end; }
.row.deleted { opacity: .45; }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 50%; color: #fff; font-size: 14px;
  font-weight: 600; line-height: 36px; text-align: center; }
.avatar.none { height: 1px; visibility: hidden; }
.stack { max-width: min(540px, 88%); }
.bubble { padding: 6px 10px 7px; border-radius: 12px; background: #fff;
  box-shadow: 0 1px 1px rgba(40, 60, 80, .16); }
.own .bubble { background: var(--own); }
.name { font-weight: 600; font-size: 14px; }
.text { white-space: pre-wrap; }
.text::after { content: ""; display: block; clear: both; }
a { color: var(--blue); text-decoration: none; }
.meta { float: right; margin: 6px 0 -3px 12px; color: #9aa5ae; font-size: 12px; line-height: 1.4;
  white-space: nowrap; }
.own .meta { color: #6bb05a; }
.streaming .meta { color: var(--blue); font-style: italic; }
blockquote { position: relative; margin: 3px 0; padding: 3px 26px 3px 9px; border-radius: 5px;
  border-left: 3px solid var(--quote); background: rgba(61, 127, 196, .1); font-size: 14px; }
blockquote::after { content: "”"; position: absolute; top: 0; right: 7px; color: var(--quote);
  font: 700 22px/1 Georgia, serif; }
blockquote.expandable_blockquote::before { content: "⌄"; position: absolute; right: 8px;
  bottom: 1px; color: var(--quote); }
code, pre { font: 13.5px/1.4 "Cascadia Mono", "Noto Sans Mono", Consolas, monospace; }
code { color: #9a4a2f; }
pre { margin: 4px 0; padding: 7px 9px; border-left: 3px solid #9aa5ae; border-radius: 5px;
  background: #f1f4f6; white-space: pre-wrap; }
.spoiler { border-radius: 3px; background: #c9ced3; color: transparent; }
.forwarded { color: var(--blue); font-size: 14px; }
.reply { display: flex; flex-direction: column; margin: 3px 0; padding: 2px 9px; font-size: 14px;
  border-left: 3px solid var(--hue); border-radius: 5px; background: rgba(61, 127, 196, .08); }
.reply b { color: var(--hue); font-weight: 600; }
.reply span { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; max-width: 440px; }
.file { display: flex; gap: 10px; align-items: center; padding: 3px 0; }
.file i { width: 44px; height: 44px; border-radius: 50%; background: #4fa3e0; color: #fff;
  font-size: 12px; font-style: normal; font-weight: 600; line-height: 44px; text-align: center; }
.file b { display: block; font-weight: 600; }
.file span { color: #87919a; font-size: 13px; }
.keys { display: flex; gap: 4px; margin-top: 4px; }
.keys span { flex: 1; position: relative; padding: 7px 10px; border-radius: 9px; color: #fff;
  background: rgba(80, 102, 122, .62); font-size: 14px; font-weight: 600; text-align: center; }
.keys em { position: absolute; top: 1px; right: 6px; font-size: 10px; font-style: normal; }
.reactions { margin-top: 5px; }
.reactions span { padding: 2px 8px; border-radius: 12px; background: #e3f0fb; font-size: 14px; }
""".strip()
