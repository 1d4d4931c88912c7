/** Steps shared by the journeys. Every step waits for something a person would see. */

const WAIT_FOR_POST = 30000;
// Most tours begin with the menu; a cold web client on a busy machine takes time.
const WAIT_FOR_MENU = 30000;

/** @param {string} item name of the menu item's record, such as `menu_topic` */
export const openMenu = (item) => [
    {
        content: "Open the Website app's menu “Blog AI”",
        trigger: ".o_menu_sections [data-menu-xmlid='blog_ai_generator.menu_blog_ai']",
        timeout: WAIT_FOR_MENU,
        run: "click",
    },
    {
        content: `Choose the item ${item}`,
        trigger: `.o-dropdown--menu [data-menu-xmlid='blog_ai_generator.${item}']`,
        run: "click",
    },
];

const openSection = (section, item) => [
    {
        content: `Open the menu ${section}`,
        trigger: `.o_menu_sections [data-menu-xmlid='${section}'], .o_menu_sections .o_menu_sections_more`,
        timeout: WAIT_FOR_MENU,
        run: "click",
    },
    {
        content: `Choose the item ${item}`,
        trigger: `.o-dropdown--menu [data-menu-xmlid='${item}']`,
        run: "click",
    },
];

/** @param {string} item name of a report's menu item */
export const openReport = (item) =>
    openSection("website.menu_reporting", `blog_ai_generator.${item}`);

/** Open the form of a blog. */
export const openBlog = (name) => [
    ...openSection(
        "website.menu_website_global_configuration",
        "website_blog.menu_blog_global"
    ),
    {
        content: `Open the blog ${name}`,
        trigger: `.o_data_row [name=name]:contains(/^${name}$/)`,
        run: "click",
    },
    {
        content: "Its form is open",
        trigger: ".o_form_view [name=blog_ai_voice_id]",
    },
];

export const save = () => [
    {
        content: "Save",
        trigger: ".o_form_button_save:enabled",
        run: "click",
    },
    {
        content: "It is saved",
        trigger: ".o_form_saved",
    },
];

export const openWizard = () => [
    ...openMenu("menu_write"),
    {
        content: "The wizard is open",
        trigger: ".modal [name=topic] input",
    },
];

/** Choose a record by its name in a field of the open form or dialog. */
export const choose = (field, name) => [
    {
        content: `Search for ${name}`,
        trigger: `.o_field_widget[name=${field}] input`,
        run: `edit ${name}`,
    },
    {
        // Results for the name are highlighted, unlike those listed before.
        content: `Choose ${name}`,
        trigger: `.o-autocomplete--dropdown-menu .dropdown-item:contains(/^${name}$/):has(.text-primary:contains(/^${name}$/))`,
        run: "click",
    },
];

export const fillWizard = ({topic, notes, provider, publish}) => [
    {
        content: "Say what to write about",
        trigger: ".modal [name=topic] input",
        run: `edit ${topic}`,
    },
    ...(notes
        ? [
              {
                  content: "Say what it should hold",
                  trigger: ".modal [name=notes] textarea",
                  run: `edit ${notes}`,
              },
          ]
        : []),
    ...(provider ? choose("provider_id", provider) : []),
    {
        content: publish ? "Publish at once" : "Keep as a draft",
        trigger: `.modal [name=publish] input[data-value=${publish ? "now" : "draft"}]`,
        run: "click",
    },
];

/** @param {string} [topic] to tell it from the generation that was open before */
export const write = (topic = "/./") => [
    {
        content: "Write",
        trigger: ".modal button[name=action_write]:enabled",
        run: "click",
    },
    {
        content: "The generation is open",
        trigger: `.o_form_view [name=topic]:contains(${topic}):not(:has(input))`,
    },
];

export const waitUntilDone = () => [
    {
        content: "The form moves by itself until the post is ready",
        trigger: "[data-blog-ai=done], [data-blog-ai=review]",
        timeout: WAIT_FOR_POST,
    },
];

/** Ask for a post in the wizard, and wait until it is written. */
export const writePost = ({blog, topic, ...rest}) => [
    ...openWizard(),
    ...(blog ? choose("blog_id", blog) : []),
    ...fillWizard({topic, ...rest}),
    ...write(topic),
    ...waitUntilDone(),
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

/** Choose the cover on this card, and look at it on the website. */
export const chooseCover = (number, topic, address) => [
    {
        content: `Take number ${number}`,
        trigger: `.modal .o_kanban_record:nth-child(${number}) button[name=action_use]:enabled`,
        run: "click",
    },
    {
        content: "It says that the post has it",
        trigger: ".o_notification:contains(The post has this cover now.)",
    },
    {
        content: "The choice is made",
        trigger: "body:not(:has(.modal))",
    },
    ...openPost(topic),
    {
        content: "The title stands on the picture",
        trigger: `:iframe .o_record_cover_image[style*='${address}']`,
    },
];

/**
 * Leave the back end and open the post as a visitor.
 *
 * @param {(path: string) => string} look returns the address, given the post's path
 */
export const becomeVisitor = (look = (path) => path) => [
    {
        content: "Log out and look at the website as a visitor",
        trigger: ":iframe h1.o_wblog_post_name",
        run: function () {
            const {pathname} = this.anchor.ownerDocument.defaultView.location;
            const back = encodeURIComponent(`${look(pathname)}?debug=tests`);
            window.location.href = `/web/session/logout?redirect=${back}`;
        },
        expectUnloadPage: true,
    },
];

export const attempts = (count) => ({
    content: `It took ${count} attempts`,
    trigger: `.o_form_view [name=attempts]:contains(/^${count}$/)`,
});

export const openSlot = (name) => [
    ...openMenu("menu_slot"),
    {
        content: `Open the slot ${name}`,
        trigger: `.o_data_row [name=name]:contains(/^${name}$/)`,
        run: "click",
    },
    {
        content: "Its form is open",
        trigger: `.o_form_view h1 [name=name]:contains(/^${name}$/)`,
    },
];

/** Open the generation of a topic from the list. */
export const openGeneration = (topic) => [
    ...openMenu("menu_generation"),
    {
        content: `Open the generation of ${topic}`,
        trigger: `.o_data_row:contains(${topic}) [name=topic]`,
        run: "click",
    },
    {
        content: "Its form is open",
        trigger: `.o_form_view [name=topic]:contains(${topic})`,
    },
];

/** Run a daily slot now and open its generation. */
export const runSlot = (name) => [
    ...openSlot(name),
    {
        content: "Run it now",
        trigger: ".o_form_view button[name=action_run_now]:enabled",
        run: "click",
    },
    {
        content: "The generation is open",
        trigger: ".o_form_view [name=topic]:not(:has(input))",
    },
];
