/** Steps shared by the journeys on a phone. */

/** Start at the list of generations. */
export const openWizard = () => [
    {
        content: "Press “Write a post” above the generations",
        trigger: ".o_control_panel button:contains(Write a post)",
        run: "click",
    },
];

export const fits = (what) => ({
    content: `${what} fits the screen`,
    trigger: "body",
    run: () => {
        const {scrollWidth, clientWidth} = document.documentElement;
        if (scrollWidth > clientWidth) {
            throw new Error(`${what} is ${scrollWidth} px wide on ${clientWidth} px.`);
        }
    },
});
