/** Measure texts as X does: read a JSON list of texts, print one of measures. */
import {readFileSync} from "node:fs";
import {registerHooks} from "node:module";
import {join} from "node:path";
import {pathToFileURL} from "node:url";

// Odoo's modules import each other without the file's extension.
registerHooks({
    resolve: (name, context, next) =>
        next(/^\.\/[\w.]+\.esm$/.test(name) ? `${name}.js` : name, context),
});
const folder = join(process.argv[2], "blog_ai_generator/static/src/networks");
const {measure} = await import(pathToFileURL(join(folder, "measure.esm.js")));
const {linksOnX} = await import(pathToFileURL(join(folder, "links.esm.js")));

const results = JSON.parse(readFileSync(0, "utf-8")).map((text) => {
    const {length, isValid: valid} = measure("x", text);
    const links = [...linksOnX(text)].map(({start, end}) => text.slice(start, end));
    return {length, valid, links};
});
process.stdout.write(JSON.stringify(results));
