// The service worker: pages come from the network, style and script also from here, and without a connection one page
// says so. No page of anybody is kept.
const { version, offline, assets, icon, static: folder } = self.FRONTDESK;
const CACHE = `frontdesk-${version}`;

async function install() {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(offline, { credentials: "omit", cache: "reload" }));
  await Promise.allSettled(assets.map((asset) => cache.add(asset)));
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(offline)) ?? Response.error();
  }
}

async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (address.pathname.startsWith(folder)) event.respondWith(asset(request));
});

async function show(told) {
  await self.registration.showNotification(told.title, {
    body: [told.body, told.from].filter(Boolean).join("\n"), tag: told.tag, renotify: Boolean(told.tag), icon, badge: icon, data: { href: told.href },
  });
  if (typeof told.unread === "number") await self.navigator.setAppBadge?.(told.unread);
}

self.addEventListener("push", (event) => event.waitUntil(show(event.data?.json() ?? { title: "Frontdesk", href: "/" })));

async function open(href) {
  const target = new URL(href ?? "/", self.location.origin);
  if (target.origin !== self.location.origin) return;
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const tab = tabs.find((one) => one.url === target.href) ?? tabs[0];
  if (!tab) {
    await self.clients.openWindow(target.href);
    return;
  }
  const focused = await tab.focus();
  if (focused.url !== target.href) await focused.navigate(target.href).catch(() => self.clients.openWindow(target.href));
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.href));
});

async function forget() {
  const shown = await self.registration.getNotifications();
  shown.forEach((one) => one.close());
  const cache = await caches.open(CACHE);
  const kept = await cache.keys();
  await Promise.all(kept.filter((one) => !one.url.includes(offline)).map((one) => cache.delete(one)));
  await self.navigator.clearAppBadge?.();
}

self.addEventListener("message", (event) => {
  if (event.data === "signed-out") event.waitUntil(forget());
});
