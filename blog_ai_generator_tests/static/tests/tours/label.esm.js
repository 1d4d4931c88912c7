import {registry} from "@web/core/registry";

import * as steps from "./steps.esm";

const TOPIC = "Compost in a cold yard";
const ROW = `.o_data_row:contains(${TOPIC})`;
let file = null;

/** Return the next file that the page lets the user save. */
const nextFile = () =>
    new Promise((resolve) => {
        const {createObjectURL} = URL;
        URL.createObjectURL = (blob) => {
            URL.createObjectURL = createObjectURL;
            resolve(blob);
            return URL.createObjectURL(blob);
        };
    });

// Posts that link to it are listed as well.
const listed = (grade) => ({
    content: `It is listed, as ${grade}`,
    trigger: `.o_list_view ${ROW} [name=blog_ai_grade]:contains(/^${grade}$/)`,
});

registry.category("web_tour.tours").add("blog_ai_label", {
    steps: () => [
        ...steps.writePost({topic: TOPIC, provider: "Offline sample", publish: true}),
        ...steps.openPost(TOPIC),
        {
            content:
                "The page says that a model wrote the text, before the text begins",
            trigger:
                ":iframe .o_blog_ai_label:contains(Artificial intelligence) + .o_wblog_post_content_field",
        },
        ...steps.openReport("menu_grades"),
        {
            content: "Look for the post",
            trigger: ".o_searchview_input",
            run: `edit ${TOPIC}`,
        },
        {
            content: "In titles and texts",
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(Content)",
            run: "click",
        },
        listed("Generated"),
        {
            content: "Open the post",
            trigger: `${ROW} [name=name]`,
            run: "click",
        },
        {
            content: "Take responsibility for its text",
            trigger: ".o_form_view button[name=action_blog_ai_examined]:enabled",
            run: "click",
        },
        {
            content: "The window says for which post and what that means",
            trigger: `.modal:contains(I have examined the content):has([name=title]:contains(${TOPIC})):has([name=effect]:contains(no longer says)) .modal-footer .btn-primary`,
            run: "click",
        },
        {
            content: "The form says who answers for the text",
            trigger:
                ".o_form_view:has([name=blog_ai_grade]:contains(Responsibility taken)) [name=blog_ai_examined_by]:contains(Vera)",
        },
        {
            content: "Go back to the list",
            trigger: ".o_breadcrumb .o_back_button",
            run: "click",
        },
        listed("Responsibility taken"),
        {
            content: "Select it",
            trigger: `${ROW} .o_list_record_selector input`,
            run: "click",
        },
        {
            content: "Look at what can be done with it",
            trigger: ".o_cp_action_menus button:contains(Actions)",
            run: "click",
        },
        {
            content: "Export it",
            trigger: ".o-dropdown--menu .o-dropdown-item:contains(/^Export$/)",
            run: "click",
        },
        {
            content: "As CSV",
            trigger: ".modal input[type=radio][value=csv]",
            run: "click",
        },
        {
            content: "Export",
            trigger: ".modal .o_select_button:enabled",
            run: ({anchor}) => {
                file = nextFile();
                anchor.click();
            },
        },
        {
            content: "The file says who answers for which text",
            trigger: ".modal .o_select_button:enabled",
            run: async () => {
                const rows = (await (await file).text()).trim().split("\n");
                const cells = [TOPIC, "Responsibility taken", "Vera"];
                if (rows.length !== 2 || !cells.every((it) => rows[1].includes(it))) {
                    throw new Error(`The file is: ${rows.join(" / ")}`);
                }
            },
        },
        {
            content: "Close",
            trigger: ".modal .o_form_button_cancel",
            run: "click",
        },
        {
            content: "The list is back",
            trigger: `body:not(:has(.modal)) ${ROW}`,
        },
    ],
});
