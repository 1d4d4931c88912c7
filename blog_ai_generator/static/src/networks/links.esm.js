import {isAscii, PUNYCODE, punycodeLength} from "./punycode.esm";
import {TLDS} from "./tlds.esm";

/**
 * Find what X and Mastodon count as a link. networks/links.py does the same and explains
 * it. The sets of characters are those of twitter-text 3 (Apache-2.0).
 *
 * @typedef {{ start: number, end: number, cost: number }} Span
 */

const COST = 23;
const MAX_LABEL = 63;
const MAX_LABELS = 10;
const MAX_SLUG = 40;

// Raw, because these are parts of patterns, matched on text with A to Z in lower case.
const part = String.raw;
const LATIN =
    part`\xC0-\xD6\xD8-\xF6\xF8-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268` +
    part`\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF`;
const SPACE = part`\x09-\x0D \x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000`;
const UNFIT_FOR_HOST =
    part`!'#%&()*+,\\./:;<=>?@\[\]^{|}~$${SPACE}\uFFFE\uFEFF\uFFFF\u202A-\u202E\u061C` +
    part`\u200E\u200F\u2066-\u2069`;
const BEFORE = part`(?:[^a-z0-9@\uFF20$#\uFF03\uFFFE\uFEFF\uFFFF]|^)`;
const LETTERS_ON_X = part`a-z0-9\u0400-\u04FF${LATIN}`;
const INSIDE_ON_X = part`[${LETTERS_ON_X}!*';:=+,.$/%#\[\]\-\u2013_~@|&]`;
const LAST_ON_X = part`[${LETTERS_ON_X}=_#/+\-]`;
const QUERY = part`a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~\|`;
const QUERY_END = part`a-z0-9\-_&=#\/`;
const QUERY_ON_X = part`\?[${QUERY}]*[${QUERY_END}]`;
const INSIDE_ON_MASTODON = part`[^${SPACE}<>()?]`;
const LAST_ON_MASTODON = part`[^${SPACE}<>()\[\]\u300C\u300D"'.,:;!?*~=&\|@$%]`;
const QUERY_ON_MASTODON = part`\?[${QUERY}^\xA0-\u{10FFFF}]*[${QUERY_END}\xA0-\u{10FFFF}]`;
const MENTION = part`(?<![a-z0-9_/])(?<name>@[a-z0-9_]+)@[a-z0-9.\-]+[a-z0-9]`;

const TLD = part`(?:(?:${TLDS.trim().split(/\s+/).join("|")})(?![a-z0-9@+\-])|xn--[\-0-9a-z]+)`;
const END = part`[^${UNFIT_FOR_HOST}_\-]`;
const NAME = part`${END}(?:[^${UNFIT_FOR_HOST}_]{0,${MAX_LABEL - 2}}${END})?\.`;
const UNDER = part`${END}(?:[^${UNFIT_FOR_HOST}]{0,${MAX_LABEL - 2}}${END})?\.`;
const DOMAIN = part`(?:${UNDER}){0,${MAX_LABELS}}${NAME}${TLD}`;

function path(inside, last) {
    const pair = part`\((?:${inside}+|${inside}*\(${inside}+\)${inside}*)\)`;
    return part`(?:\/(?:(?:${inside}|${pair})*(?:${last}|${pair}))?)`;
}

const PATH_ON_X = path(INSIDE_ON_X, LAST_ON_X);
const PATH_ON_MASTODON = path(INSIDE_ON_MASTODON, LAST_ON_MASTODON);
const LINKS_ON_X = new RegExp(
    part`${BEFORE}(?<link>` +
        part`https?:\/\/t\.co\/(?<slug>[a-z0-9]+)(?:${QUERY_ON_X})?` +
        part`|https?:\/\/(?<host>${DOMAIN})(?::[0-9]+)?${PATH_ON_X}?(?:${QUERY_ON_X})?` +
        part`|(?<bare>${DOMAIN})(?<path>(?::[0-9]+)?${PATH_ON_X}(?:${QUERY_ON_X})?)?)`,
    "gu"
);
const BARE_DOMAIN = new RegExp(part`(?:[\-a-z0-9${LATIN}]+\.)+${TLD}`, "gu");
const LINKS_ON_MASTODON = new RegExp(
    part`${BEFORE}(?<link>https?:\/\/(?<host>${DOMAIN})(?::[0-9]+)?${PATH_ON_MASTODON}?` +
        part`(?:${QUERY_ON_MASTODON})?)|${MENTION}`,
    "gu"
);

/** Return the span of a link, without the character before it in the match. */
function linkOf(match) {
    const end = match.index + match[0].length;
    return {start: end - match.groups.link.length, end, cost: COST};
}

function lower(text) {
    return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Return whether the label fits into DNS, in the ASCII that DNS uses. */
function isLabel(label) {
    if (isAscii(label)) {
        return label.length <= MAX_LABEL;
    }
    return !label.startsWith(PUNYCODE) && punycodeLength(label) <= MAX_LABEL;
}

function canExist(host) {
    return host.split(".").every(isLabel);
}

/** Yield domains in Latin letters; a path belongs to the last one. */
function* bareLinks(match) {
    const {bare, path} = match.groups;
    if ("-_./".includes(match[0][0]) || !canExist(bare)) {
        return;
    }
    const link = linkOf(match);
    const domains = [...bare.matchAll(BARE_DOMAIN)];
    for (const domain of domains) {
        const start = link.start + domain.index;
        const hasPath = path && domain === domains.at(-1);
        const end = hasPath ? link.end : start + domain[0].length;
        yield {start, end, cost: COST};
    }
}

/**
 * Yield the links of X, which need no `https://` before a domain that exists.
 *
 * @param {string} text
 * @returns {Generator<Span>}
 */
function* linksOnX(text) {
    for (const match of lower(text).matchAll(LINKS_ON_X)) {
        const {slug, host, bare} = match.groups;
        if (bare) {
            yield* bareLinks(match);
        } else if (slug ? slug.length <= MAX_SLUG : canExist(host)) {
            yield linkOf(match);
        }
    }
}

/**
 * Yield the links of Mastodon, and mentions, whose server name costs nothing.
 *
 * @param {string} text
 * @returns {Generator<Span>}
 */
function* linksOnMastodon(text) {
    for (const match of lower(text).matchAll(LINKS_ON_MASTODON)) {
        const {name, host} = match.groups;
        if (name) {
            const start = match.index;
            yield {start, end: start + match[0].length, cost: name.length};
        } else if (canExist(host)) {
            yield linkOf(match);
        }
    }
}

// Odoo's own translation of modules does not know `export function*`.
export {linksOnX, linksOnMastodon};
