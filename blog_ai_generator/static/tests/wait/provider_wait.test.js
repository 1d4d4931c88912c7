import {expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {rpcBus} from "@web/core/network/rpc";
import {mountWithCleanup} from "@web/../tests/web_test_helpers";

import {ProviderWait} from "@blog_ai_generator/wait/provider_wait.esm";

defineMailModels();

const WAIT = "[data-blog-ai=provider-wait]";
const request = (id, model, method) => ({
    data: {id, params: {model, method}},
    settings: {},
});

test("a button that waits for a provider says for how long", async () => {
    await mountWithCleanup(ProviderWait, {noMainContainer: true});
    const call = request(1001, "blog.ai.provider", "action_test_connection");
    rpcBus.trigger("RPC:REQUEST", call);
    await animationFrame();
    expect(WAIT).toHaveCount(0);
    await advanceTime(1000);
    await animationFrame();
    expect(WAIT).toHaveText("Waiting for the provider… 0 s");
    await advanceTime(12000);
    await animationFrame();
    expect(WAIT).toHaveText("Waiting for the provider… 12 s");
    rpcBus.trigger("RPC:RESPONSE", request(1000, "res.users", "read"));
    await animationFrame();
    expect(WAIT).toHaveCount(1);
    rpcBus.trigger("RPC:RESPONSE", call);
    await animationFrame();
    expect(WAIT).toHaveCount(0);
});

test("other requests say nothing", async () => {
    await mountWithCleanup(ProviderWait, {noMainContainer: true});
    rpcBus.trigger("RPC:REQUEST", request(1002, "blog.ai.provider", "web_read"));
    await advanceTime(5000);
    await animationFrame();
    expect(WAIT).toHaveCount(0);
});
