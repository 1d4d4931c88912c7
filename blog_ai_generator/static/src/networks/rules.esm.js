import {linksOnMastodon, linksOnX} from "./links.esm";

/**
 * The counting rule and the limit of each network, as in networks/rules.py, which names
 * the sources.
 */

const SEGMENTER = new Intl.Segmenter(undefined, {granularity: "grapheme"});
const ENCODER = new TextEncoder();
const EMOJI_PART =
    String.raw`(?:[0-9#*]\uFE0F?\u20E3|[\xA9\xAE]\uFE0F|(?![0-9#*\xA9\xAE])\p{Emoji}` +
    String.raw`(?:\uFE0F\u20E3?|\p{EMod}|[\u{E0020}-\u{E007E}]+\u{E007F})?)`;
const EMOJI = new RegExp(
    String.raw`\p{RI}\p{RI}|${EMOJI_PART}(?:\u200D${EMOJI_PART})*`,
    "gu"
);
// A letter that only Unicode 15.1 joins to what precedes it.
const JOINED = /(?<=[\p{M}\p{EMod}\u200D])(?![\u0E33\u0EB3])\p{Lo}/gu;
// Code points that weigh 1 on X; all others weigh 2.
const LIGHT = /[\0-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]/u;

/** Return the visible characters, each as a string. */
export function graphemes(text) {
    return Array.from(SEGMENTER.segment(text), ({segment}) => segment);
}

function weightOnX(grapheme) {
    let weight = 0;
    const rest = grapheme.replace(EMOJI, () => {
        weight += 2;
        return "";
    });
    for (const char of rest) {
        weight += LIGHT.test(char) ? 1 : 2;
    }
    return weight;
}

const one = () => 1;
const olderGraphemes = (grapheme) => 1 + (grapheme.match(JOINED) || []).length;
const bytesOf = (grapheme) => ENCODER.encode(grapheme).length;
const utf16Units = (grapheme) => grapheme.length;
const none = () => [];
const same = (text) => text;
const composed = (text) => text.normalize("NFC");

/**
 * @typedef {Object} Rule
 * @property {{ cost: (grapheme: string) => number, limit: number }[]} budgets limits that
 *  a text must all keep; the first one is shown
 * @property {(text: string) => Iterable<import("./links.esm").Span>} spans finds the parts of a
 *  text that have a cost of their own
 * @property {(text: string) => string} prepare changes a text before it is counted
 */

/** @type {Object<string, Rule>} */
export const RULES = {
    x: {budgets: [{cost: weightOnX, limit: 280}], spans: linksOnX, prepare: composed},
    bluesky: {
        budgets: [
            {cost: one, limit: 300},
            {cost: bytesOf, limit: 3000},
        ],
        spans: none,
        prepare: same,
    },
    mastodon: {
        budgets: [{cost: olderGraphemes, limit: 500}],
        spans: linksOnMastodon,
        prepare: same,
    },
    linkedin: {budgets: [{cost: utf16Units, limit: 3000}], spans: none, prepare: same},
};
