// Puts the form where this script stands; it needs nothing else, and tells nobody anything.
(() => {
  const source = new URL({{ source|tojson }});
  const script = document.currentScript;
  const { lang, theme } = script.dataset;
  source.searchParams.set("embedded", "1");
  source.searchParams.set("theme", theme || "light");
  const spoken = lang || document.documentElement.lang.slice(0, 2);
  if (spoken) source.searchParams.set("lang", spoken);
  const frame = document.createElement("iframe");
  frame.src = source.href;
  frame.title = script.dataset.title || {{ name|tojson }};
  Object.assign(frame.style, { width: "100%", border: "0", height: "640px", display: "block", colorScheme: "normal" });
  addEventListener("message", ({ origin, source: from, data }) => {
    if (origin !== source.origin || from !== frame.contentWindow || data?.frontdesk !== "height") return;
    const height = Number(data.height);
    if (height > 0 && height < 20000) frame.style.height = `${Math.ceil(height)}px`;
  });
  script.after(frame);
})();
