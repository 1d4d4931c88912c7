import {registry} from "@web/core/registry";

import * as social from "./social_copy_steps.esm";
import * as steps from "./steps.esm";

const TOPIC = "Kale after the first frost";
const EDITED = "Frost makes kale sweet. We tried it so that you need not.";
const TOO_LONG = "Kale tastes better after a cold night. ".repeat(20);
const OUTBOX = "/odoo/action-mail.action_view_mail_mail?debug=tests";

registry.category("web_tour.tours").add("blog_ai_social_copy_edited", {
    steps: () => [
        ...steps.openWizard(),
        ...steps.choose("blog_id", "Garden Notes"),
        ...steps.fillWizard({topic: TOPIC, publish: false}),
        {
            content: "Max is to be told",
            trigger: ".modal [name=recipient_ids]:contains(Max)",
        },
        ...steps.write(),
        ...steps.waitUntilDone(),
        ...social.openSocial(),
        social.paste("x", TOO_LONG, "Paste too much for X"),
        {
            content: "The counter is red and says how much to cut",
            trigger: `${social.part("x")}[data-too-long=true]:contains(/cut \\d+ characters/)`,
        },
        ...["copy", "open"].map((action) => ({
            content: `It cannot be sent: ${action}`,
            trigger: `${social.part("x", action)}:disabled`,
        })),
        {
            content: "Write less",
            trigger: social.text("x"),
            run: `edit ${EDITED}`,
        },
        {
            content: "The counter is as it was",
            trigger: `${social.part("x")}[data-too-long=false]:not(:contains(cut))`,
        },
        {
            content: "It can be sent",
            trigger: `${social.part("x", "open")}:enabled`,
        },
        {
            content: "Each network has its text: there is none to add",
            trigger: ".o_blog_ai_social_copy:not(:has(.o-kanban-button-new))",
        },
        {
            content: "Remove one",
            trigger:
                ".o_kanban_record:has([data-network=bluesky]) a[aria-label=Remove]",
            run: "click",
        },
        {
            content: "Now there is one to add",
            trigger: ".o_blog_ai_social_copy .o-kanban-button-new",
        },
        social.paste("mastodon", TOO_LONG, "Leave too much for Mastodon"),
        {
            content: "That counter is red",
            trigger: `${social.part("mastodon")}[data-too-long=true]`,
        },
        ...social.save(),
        {
            content: "Go to the post on the website",
            trigger: ".o_form_view .o_field_widget[name=is_published] button",
            run: "click",
        },
        {
            content: "The website shows the post",
            trigger: `:iframe h1.o_wblog_post_name:contains(${TOPIC})`,
            timeout: 30000,
        },
        {
            content: "Publish it",
            trigger: ".o_menu_systray .o_website_publish_container a",
            run: "click",
        },
        {
            content: "It is published",
            trigger:
                ".o_menu_systray .o_website_publish_container:not([data-processing]):contains(/^Published/)",
        },
        {
            content: "Look into the outbox",
            trigger: "body",
            run: () => {
                window.location.href = OUTBOX;
            },
            expectUnloadPage: true,
        },
        {
            content: "The mail is there",
            trigger: `.o_data_row [name=subject]:contains(/^Garden Notes: ${TOPIC}/)`,
            run: "click",
        },
        {
            content: "It has the copy for X as it was edited",
            trigger: `.o_form_view [name=body_content] h4:contains(/^X$/) + p:contains(${EDITED})`,
        },
        {
            content: "It says that the copy for Mastodon cannot be sent",
            trigger:
                ".o_form_view [name=body_content] h4:contains(/^Mastodon$/) + p + p:contains(/^Too long to be sent: cut \\d+ characters/)",
        },
        {
            content: "And says so of no other one",
            trigger:
                ".o_form_view [name=body_content] h4:contains(/^LinkedIn$/) + p + p:contains(/^http/)",
        },
    ],
});
