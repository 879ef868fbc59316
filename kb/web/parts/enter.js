// Whoever came in has a ticket: posted once, the answer keeps the session in a cookie.
export default function ({ data }) {
  if (!data.ticket || window.kbTicket === data.ticket) return;
  window.kbTicket = data.ticket;
  fetch(`petugas/masuk/${data.ticket}`, { method: "POST", credentials: "same-origin" })
    .then((answer) => { document.documentElement.dataset.kbKept = String(answer.ok); })
    .catch(() => {}); // the session lasts as long as the page then
}
