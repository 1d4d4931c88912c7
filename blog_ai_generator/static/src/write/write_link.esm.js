import {registry} from "@web/core/registry";

/** Open “Write a post” over the list of generations, where Discard leads. */
async function openWrite(env) {
    await env.services.action.doAction("blog_ai_generator.action_generation", {
        clearBreadcrumbs: true,
    });
    return "blog_ai_generator.action_write";
}
// The address /odoo/blog-ai-write, to be sent or bookmarked.
openWrite.path = "blog-ai-write";

registry.category("actions").add("blog_ai_write", openWrite);
