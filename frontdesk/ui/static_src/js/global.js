import htmx from "htmx.org";

// Extensions of htmx look for it here, so this module comes before theirs.
window.htmx = htmx;
export default htmx;
