import { el } from "../common/dom.js";
export function figuresView() { return { element: el("section", { class: "page", id: "page-figures" }), title: () => "Figures", show: () => {}, hide: () => {} }; }
