import { defineConfig } from "vite";

export default defineConfig({
  base: "./", // the API may stand under a path of its own
  build: {
    outDir: "../api/dashboard_page",
    emptyOutDir: true,
    rolldownOptions: { input: ["index.html", "docs.html"] },
    license: { fileName: "licenses.md" }, // of what the page is bundled with
    target: "es2022",
    assetsInlineLimit: 0, // the page's policy admits no data: URL
    modulePreload: { polyfill: false },
  },
});
