import {graphemes, RULES} from "./rules.esm";

/**
 * Measure a text by the rule of a network, as networks/measure.py does.
 *
 * @typedef {Object} Measure
 * @property {number} length in the network's own unit, including the link
 * @property {number} limit in the same unit
 * @property {number} excess visible characters to remove from the end of the text, before
 *  its link, until it fits; all of them if the link alone is too long
 * @property {boolean} isValid whether the network accepts the text with its link
 */

/** Return the text and, on a line of its own, the link. */
export function sharedText(text, link = "") {
    return [text, link].filter(Boolean).join("\n");
}

/** Return the parts that are kept or cut as a whole: visible characters and links. */
function unitsOf(budget, rule, text) {
    const prepared = rule.prepare(text);
    const units = [];
    const addCharacters = (part) => {
        for (const grapheme of graphemes(part)) {
            units.push({characters: 1, cost: budget.cost(grapheme)});
        }
    };
    let last = 0;
    for (const {start, end, cost} of rule.spans(prepared)) {
        addCharacters(prepared.slice(last, start));
        units.push({characters: graphemes(prepared.slice(start, end)).length, cost});
        last = end;
    }
    addCharacters(prepared.slice(last));
    return units;
}

function total(units) {
    return units.reduce((sum, unit) => sum + unit.cost, 0);
}

/** Return the number of characters after the last unit for which there is room. */
function excessOf(units, room) {
    let excess = 0;
    for (const {characters, cost} of units) {
        room -= cost;
        if (room < 0) {
            excess += characters;
        }
    }
    return excess;
}

function measureBy(budget, rule, text, link) {
    const units = unitsOf(budget, rule, text);
    const ending = sharedText(text, link).slice(text.length);
    const room = budget.limit - total(unitsOf(budget, rule, ending));
    const left = room - total(units);
    return {
        length: budget.limit - left,
        limit: budget.limit,
        excess: excessOf(units, room),
        isValid: left >= 0,
    };
}

/**
 * @param {string} network a key of RULES
 * @param {string} text
 * @param {string} [link] follows the text
 * @param {number} [limit] instead of the network's own, for servers of Mastodon that set one
 * @returns {Measure}
 */
export function measure(network, text, link, limit) {
    const rule = RULES[network];
    const [first, ...others] = rule.budgets;
    const budgets = [{...first, limit: limit || first.limit}, ...others];
    const measures = budgets.map((budget) => measureBy(budget, rule, text, link));
    return {
        ...measures[0],
        excess: Math.max(...measures.map((each) => each.excess)),
        isValid: measures.every((each) => each.isValid),
    };
}
