// The reader's list of what is followed stays with this browser: its key as a cookie of this site.
export default function ({ data }) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  const age = data.token ? 31536000 : 0;
  document.cookie = `kb_pantauan=${data.token}; path=/; max-age=${age}; samesite=lax${secure}`;
}
