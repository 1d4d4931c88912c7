import {beforeEach} from "@odoo/hoot";
import {mockService} from "@web/../tests/web_test_helpers";

/**
 * Replace the bus for one type of messages in all tests of a file.
 *
 * @param {string} wanted type of the messages
 * @returns {(content: Object) => void} sends a message as the server does; its `listeners`
 *  are those who would hear it
 */
export function mockBus(wanted) {
    const listeners = new Set();
    beforeEach(() => {
        listeners.clear();
        mockService("bus_service", {
            subscribe(type, callback) {
                if (type === wanted) {
                    listeners.add(callback);
                } else {
                    super.subscribe(type, callback);
                }
            },
            unsubscribe(type, callback) {
                listeners.delete(callback);
            },
        });
    });
    const tell = (content) => listeners.forEach((listener) => listener(content));
    return Object.assign(tell, {listeners});
}
