/**
 * What the page does by itself: puts parts where they belong, and at the end the report in place of
 * all. Every text comes escaped from the server; nothing of it runs, for only this script has the
 * nonce.
 */
export const liveScript = `
const source = new EventSource('/events' + location.search);
const say = (text) => { document.getElementById('connection').textContent = text; };
source.onopen = () => say('');
source.onerror = () => say('The connection to the run is lost; the page tries to reach it again.');
source.addEventListener('parts', ({ data }) => {
  for (const [id, html] of Object.entries(JSON.parse(data))) {
    const element = document.getElementById(id);
    if (element !== null) element.innerHTML = html;
  }
});
source.addEventListener('ended', ({ data }) => {
  source.close();
  const { report, said } = JSON.parse(data);
  if (report === null) { say(said); return; }
  const parsed = new DOMParser().parseFromString(report, 'text/html');
  document.title = parsed.title;
  document.replaceChild(document.adoptNode(parsed.documentElement), document.documentElement);
  const note = document.createElement('p');
  note.className = 'legend';
  note.setAttribute('role', 'status');
  note.textContent = said;
  document.querySelector('header').append(note);
});
`;
