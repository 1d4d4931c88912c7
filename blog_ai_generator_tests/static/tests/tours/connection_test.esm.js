import {registry} from "@web/core/registry";

const open = (provider) => [
    {
        content: `Open the provider ${provider}`,
        trigger: `.o_data_row td[name=name]:contains(/^${provider}$/)`,
        run: "click",
    },
    {
        content: "Test the connection",
        trigger: "button[name=action_test_connection]:enabled",
        run: "click",
    },
];

registry.category("web_tour.tours").add("blog_ai_connection_test", {
    steps: () => [
        ...open("Fake LLM"),
        {
            content: "It answers",
            trigger:
                ".o_notification_content:contains(/^Fake LLM answered in \\d+ ms/)",
        },
        {
            content: "Back to the providers",
            trigger: ".o_back_button, .breadcrumb-item:contains(AI Providers) a",
            run: "click",
        },
        {
            // The list shows its old rows until the new ones have arrived.
            content: "The list says how the test ended",
            trigger:
                ".o_data_row:has(td[name=name]:contains(/^Fake LLM$/)) [name=last_test]:contains(/^Answered$/)",
        },
        ...open("Fake LLM, stale key"),
        {
            content: "The form says what is wrong and how to mend it here",
            trigger:
                "[data-blog-ai=last-test]:contains(did not accept the API key. Enter a valid key here)",
        },
        {
            content: "Nothing says it twice",
            trigger: "body:not(:has(.o_notification_content:contains(did not accept)))",
        },
        {
            content: "The provider can be mended right here",
            trigger: "[name=api_key] input",
        },
    ],
});
