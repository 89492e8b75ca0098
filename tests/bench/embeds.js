// #count=10&load=eager&script=…: so many embeds, each a page below the last, and where embed.js lies.
const asked = new URLSearchParams(location.hash.slice(1));
const place = document.querySelector("main");
const shifts = (globalThis.shifts = []);
const long = (globalThis.long = []);
new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value))).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask", buffered: true });

for (let number = 1; number <= Number(asked.get("count")); number += 1) {
  const space = document.createElement("p");
  space.textContent = `Chapter ${number}`;
  space.style.height = "2000px";
  const player = document.createElement("rollscope-player");
  player.setAttribute("replicas", String(2 + number));
  if (asked.get("load")) player.setAttribute("load", asked.get("load"));
  place.append(space, player);
}
const tag = document.createElement("script");
tag.src = asked.get("script");
document.head.append(tag);
