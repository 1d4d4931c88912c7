/** What the journeys share. Every step waits for what a person would see. */

const WAIT_FOR_POST = 30000;

export const openWizard = () => [
    {
        content: "Open the Website app's menu “Blog AI”",
        trigger: ".o_menu_sections [data-menu-xmlid='blog_ai_generator.menu_blog_ai']",
        run: "click",
    },
    {
        content: "Choose “Write a post”",
        trigger: ".o-dropdown--menu [data-menu-xmlid='blog_ai_generator.menu_write']",
        run: "click",
    },
    {
        content: "The wizard is open",
        trigger: ".modal [name=topic] input",
    },
];

export const fillWizard = ({ topic, provider, publish }) => [
    {
        content: "Say what to write about",
        trigger: ".modal [name=topic] input",
        run: `edit ${topic}`,
    },
    ...(provider ? chooseProvider(provider) : []),
    {
        content: publish ? "Publish at once" : "Keep as a draft",
        trigger: `.modal [name=publish] input[data-value=${publish ? "now" : "draft"}]`,
        run: "click",
    },
];

const chooseProvider = (provider) => [
    {
        content: `Search for the provider ${provider}`,
        trigger: ".modal [name=provider_id] input",
        run: `edit ${provider}`,
    },
    {
        content: `Choose the provider ${provider}`,
        trigger: `.o-autocomplete--dropdown-menu .dropdown-item:contains(/^${provider}$/)`,
        run: "click",
    },
];

export const write = () => [
    {
        content: "Write",
        trigger: ".modal button[name=action_write]:enabled",
        run: "click",
    },
    {
        content: "The generation is open",
        trigger: ".o_form_view [name=topic]:not(:has(input))",
    },
];

export const waitUntilDone = () => [
    {
        content: "The form moves by itself until the post is ready",
        trigger: "[data-blog-ai=done]",
        timeout: WAIT_FOR_POST,
    },
];

export const waitForError = (words) => [
    {
        content: `It has failed and says: ${words}`,
        trigger: `[data-blog-ai=error]:contains(${words})`,
        timeout: WAIT_FOR_POST,
    },
    {
        content: "It can be tried again",
        trigger: "button[name=action_retry]:enabled",
    },
];

export const openPost = (topic) => [
    {
        content: "Open the post",
        trigger: "button[name=action_open_post]:enabled",
        run: "click",
    },
    {
        content: "The website shows the post",
        trigger: `:iframe h1.o_wblog_post_name:contains(${topic})`,
        timeout: WAIT_FOR_POST,
    },
];

/** Leave the back end and come back to the post that is open, as a visitor. */
export const becomeVisitor = () => [
    {
        content: "Log out and look at the post's address as a visitor",
        trigger: ":iframe h1.o_wblog_post_name",
        run: function () {
            const { pathname } = this.anchor.ownerDocument.defaultView.location;
            const back = encodeURIComponent(`${pathname}?debug=tests`);
            window.location.href = `/web/session/logout?redirect=${back}`;
        },
        expectUnloadPage: true,
    },
];

export const attempts = (count) => ({
    content: `It took ${count} attempts`,
    trigger: `.o_form_view [name=attempts]:contains(/^${count}$/)`,
});
