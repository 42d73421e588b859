import assert from "node:assert/strict";
import test from "node:test";
import { bytes, duration, hostPort } from "../../site/dashboard/format.js";
import { cut, payloadText, visible, visibleBlock } from "../../site/dashboard/text.js";

test("what cannot be seen is written out", () => {
  assert.equal(visible("a\nb\tc\0"), "a\\nb\\tc\\u0000");
  assert.equal(visible("\u007f\u0085"), "\\u007F\\u0085");
  assert.equal(visible("abc\u202etxt.exe"), "abc\\u202Etxt.exe");
  assert.equal(visible("\u2066x\u2069\u200f\u061c"), "\\u2066x\\u2069\\u200F\\u061C");
  assert.equal(visible("a\u200bb\u00adc\ufeff"), "a\\u200Bb\\u00ADc\\uFEFF");
  assert.equal(visible("\u{e0041}\ud800"), "\\u{E0041}\\uD800");
  assert.equal(visible("\u2028\u2029"), "\\u2028\\u2029");
  assert.equal(visible("\ufff9x\ufffb"), "\\uFFF9x\\uFFFB");
});

test("what can be seen stays as it is, in every script", () => {
  for (const text of ["<b>bold</b>", "узел-7", "节点", "שלום", "node 1", "😀", "é"]) {
    assert.equal(visible(text), text);
  }
});

test("in a block a line feed is shown, and breaks the line", () => {
  assert.equal(visibleBlock("a\nb\t"), "a\\n\nb\\t");
});

test("a long text is cut between characters, and a short one is not", () => {
  assert.equal(cut("abc", 3), "abc");
  assert.equal(cut("abcd", 3), "ab…");
  assert.equal(cut("😀😀😀", 3), "😀😀😀");
  assert.equal(cut("😀😀😀😀", 3), "😀😀…");
  assert.equal(Array.from(cut("x".repeat(1_000_000), 60)).length, 60);
});

test("a payload that is no text is told by its bytes", () => {
  assert.equal(payloadText("x", "eA=="), "x");
  assert.equal(payloadText("", ""), "");
  assert.equal(payloadText(undefined, "/wA="), "2 bytes: ff 00");
});

test("figures have the unit that suits them", () => {
  assert.equal(duration(0.00085), "850 µs");
  assert.equal(duration(0.0012), "1.2 ms");
  assert.equal(duration(0.99999), "1 s");
  assert.equal(duration(125), "2 min 5 s");
  assert.equal(duration(NaN), "–");
  assert.equal(bytes(999), "999 B");
  assert.equal(bytes(999_600), "1 MB");
  assert.equal(bytes(1_250_000), "1.25 MB");
  assert.equal(hostPort("::1", 80), "[::1]:80");
});
