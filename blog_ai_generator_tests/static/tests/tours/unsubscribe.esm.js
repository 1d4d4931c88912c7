import {registry} from "@web/core/registry";

const PAGE = "body:not(:has(.o_frontend_to_backend_nav)) .o_blog_ai_unsubscribe";

registry.category("web_tour.tours").add("blog_ai_unsubscribe", {
    steps: () => [
        {
            content: "Log out, since the reader of an email is a visitor",
            trigger: ".o_frontend_to_backend_nav",
            run: () => {
                const {pathname} = window.location;
                const back = encodeURIComponent(`${pathname}?debug=tests`);
                window.location.href = `/web/session/logout?redirect=${back}`;
            },
            expectUnloadPage: true,
        },
        {
            content: "The page asks first, since programs open links, too",
            trigger: `${PAGE}:contains(Press the button) button:contains(Unsubscribe)`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is done",
            trigger: `${PAGE} h1:contains(You are unsubscribed)`,
        },
    ],
});
