// The API page: every operation of openapi.json with what it takes and answers, and a form to try it. Text is only
// ever put into the page as text.

const INDENT = '  ';
/** Named shapes are written out once inside each other at most this deep. */
const DEPTH_MAX = 12;

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children);
  return made;
};
const byId = (id) => document.getElementById(id);

/** Calls an operation as any client would. */
async function call(operation, payload, options = {}) {
  const started = performance.now();
  const body = { ...options, payload };
  const response = await fetch(`/api/${operation}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, ok: response.ok, answer: await response.json(), took_ms: performance.now() - started };
}

const doc = await (await fetch('/api/openapi.json')).json();
const schemas = doc.components.schemas;
const nameOf = (schema) => schema.$ref?.split('/').pop();
const resolve = (schema) => (schema.$ref ? schemas[nameOf(schema)] : schema);
/** The first paragraph of a description, in the words of JSON; the examples below it are for readers of the source. */
const brief = (schema) => schema?.description?.split('\n\n')[0].replaceAll('\n', ' ').replaceAll('`None`', '`null`') ?? '';

/** The operations as the document lists them. */
const operations = Object.entries(doc.paths).map(([path, methods]) => {
  const post = methods.post;
  const envelope = post.requestBody.content['application/json'].schema;
  return {
    name: post.operationId,
    path,
    group: post.tags[0],
    about: post.description,
    is_command: 'request_id' in envelope.properties,
    has_get: 'get' in methods,
    request: envelope.properties.payload,
    answer: post.responses['200'].content['application/json'].schema,
  };
});

/** Words for a schema that is not written out: `Money`, `text`, `Money or null`. */
function inline(schema) {
  if (schema === true) return 'anything';
  if (schema.$ref) return nameOf(schema);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(inline).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => inline({ ...schema, type })).join(' | ');
  if (schema.type === 'array') return `${inline(schema.items ?? true)}[]`;
  if (schema.type === 'object') return schema.properties ? shape(schema, '') : 'object';
  return { string: schema.format === 'uuid' ? 'uuid' : 'text', integer: 'integer' }[schema.type] ?? schema.type ?? 'anything';
}

/** An object with its fields, one line each, with what they mean. */
function shape(schema, indent) {
  const inner = indent + INDENT;
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const optional = schema.required?.includes(name) ? '' : '?';
    const about = brief(field);
    return `${about ? `${inner}// ${about}\n` : ''}${inner}${name}${optional}: ${inline(field)}`;
  });
  return fields.length ? `{\n${fields.join('\n')}\n${indent}}` : '{}';
}

/** A named shape and, below it, every shape it is made of. */
function written(schema) {
  const parts = [];
  const seen = new Set();
  const visit = (schema, depth) => {
    if (schema === true || schema === null || typeof schema !== 'object' || depth > DEPTH_MAX) return;
    const name = nameOf(schema);
    if (name) {
      if (seen.has(name)) return;
      seen.add(name);
      const target = schemas[name];
      const choices = target.oneOf ?? target.anyOf;
      const value = choices ? choices.map((choice) => `\n${INDENT}| ${inline(choice)}${brief(choice) ? ` // ${brief(choice)}` : ''}`).join('')
        : target.properties || target.type === 'object' ? shape(target, '') : inline(target);
      parts.push(`// ${brief(target) || name}\n${name} = ${value}`);
      visit({ ...target, $ref: undefined }, depth + 1);
      return;
    }
    for (const part of [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...Object.values(schema.properties ?? {})]) {
      if (part) visit(part, depth + 1);
    }
  };
  visit(schema, 0);
  return parts.join('\n\n') || inline(schema);
}

/** A shape as text whose comments stand back. */
function listing(schema) {
  const lines = written(schema).split('\n').map((line) => {
    const comment = line.indexOf('//');
    if (comment < 0) return [line, '\n'];
    return [line.slice(0, comment), element('span', { class: 'note' }, line.slice(comment)), '\n'];
  });
  return element('pre', { tabindex: '0' }, ...lines.flat());
}

/** A value of this shape to start from. */
function example(schema, depth = 0) {
  if (schema === true || depth > DEPTH_MAX) return null;
  const target = resolve(schema);
  if ('default' in schema) return schema.default;
  if ('default' in target) return target.default;
  if (target.const !== undefined) return target.const;
  if (target.enum) return target.enum[0];
  const choices = target.anyOf ?? target.oneOf;
  if (choices) return choices.some((choice) => choice.type === 'null') ? null : example(choices[0], depth + 1);
  const type = Array.isArray(target.type) ? (target.type.includes('null') ? 'null' : target.type[0]) : target.type;
  if (type === 'object') {
    return Object.fromEntries(Object.entries(target.properties ?? {}).map(([name, field]) => [name, example(field, depth + 1)]));
  }
  if (type === 'array') return [];
  if (type === 'integer' || type === 'number') return 0;
  if (type === 'boolean') return false;
  if (type === 'string') return target.format === 'uuid' ? '00000000-0000-0000-0000-000000000000' : '';
  return null;
}

/** The form that calls an operation. */
function trial(operation) {
  const text = element('textarea', { 'aria-label': `Payload of ${operation.name}`, spellcheck: 'false', autocomplete: 'off' });
  text.value = JSON.stringify(example(operation.request), null, 2);
  const status = element('output', { class: 'status', role: 'status' });
  const answer = element('pre', { hidden: true, tabindex: '0', 'aria-label': 'Answer' });
  const form = element('form', { class: 'try' }, text,
    element('div', { class: 'row' }, element('button', { type: 'submit' }, 'Call'), status), answer);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    status.classList.remove('bad');
    try {
      const payload = JSON.parse(text.value);
      const options = operation.is_command ? { request_id: crypto.randomUUID() } : {};
      const result = await call(operation.name, payload, options);
      status.textContent = `${result.status} in ${result.took_ms.toFixed(1)} ms${options.request_id ? `, request ${options.request_id}` : ''}`;
      status.classList.toggle('bad', !result.ok);
      answer.textContent = JSON.stringify(result.answer, null, 2);
      answer.hidden = false;
    } catch (problem) {
      status.classList.add('bad');
      status.textContent = String(problem.message ?? problem);
    }
    await showSignOn();
  });
  return form;
}

function card(operation) {
  const details = element('details', {}, element('summary', {}, 'Try it'));
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(trial(operation));
  });
  const kind = operation.is_command ? 'command' : 'query';
  return element('section', { class: 'card operation', id: operation.name },
    element('h2', {}, operation.name, element('span', { class: `kind ${kind}` }, kind)),
    element('p', {}, operation.about),
    element('p', { class: 'path' }, element('code', {}, `POST ${operation.path}`), operation.has_get ? ' or ' : '',
      operation.has_get ? element('code', {}, `GET ${operation.path}`) : ''),
    element('div', { class: 'shapes' },
      element('div', {}, element('h3', {}, 'Payload'), listing(operation.request)),
      element('div', {}, element('h3', {}, 'Answer'), listing(operation.answer))),
    details);
}

function showOperations() {
  const list = byId('list');
  let group;
  for (const operation of operations) {
    if (operation.group !== group) {
      group = operation.group;
      list.append(element('li', { class: 'group', 'data-group': group }, group));
    }
    list.append(element('li', { 'data-operation': operation.name, 'data-group': group },
      element('a', { href: `#${operation.name}` }, operation.name)));
    byId('operations').append(card(operation));
  }
  byId('about').textContent = `${operations.length} operations, version ${doc.info.version}. ${doc.info.description}`;
}

/** Leaves what has every typed word in its name or its description. */
function filter() {
  const words = byId('filter').value.toLowerCase().split(/\s+/);
  const groups = new Set();
  for (const operation of operations) {
    const text = `${operation.name} ${operation.about}`.toLowerCase();
    const fits = words.every((word) => text.includes(word));
    if (fits) groups.add(operation.group);
    byId(operation.name).hidden = !fits;
    document.querySelector(`[data-operation="${operation.name}"]`).hidden = !fits;
  }
  for (const heading of document.querySelectorAll('nav .group')) heading.hidden = !groups.has(heading.dataset.group);
}

/** Shows who is signed on, and else who could be. */
async function showSignOn() {
  const [session, greeting] = await Promise.all([call('session.current', {}), call('shop.greeting', {})]);
  const on = session.ok ? session.answer.session : null;
  byId('who').textContent = on ? `${on.name}, ${on.role}` : greeting.answer.set_up ? 'Nobody is signed on' : 'The shop is not set up: call shop.set_up';
  for (const part of document.querySelectorAll('.off')) part.hidden = Boolean(on) || !greeting.answer.set_up;
  for (const part of document.querySelectorAll('.on')) part.hidden = !on;
  byId('operator').replaceChildren(...(greeting.answer.operators ?? []).map((operator) =>
    element('option', { value: operator.id }, operator.demo_pin ? `${operator.name} (PIN ${operator.demo_pin})` : operator.name)));
}

byId('filter').addEventListener('input', filter);
byId('sign-on').addEventListener('submit', async (event) => {
  event.preventDefault();
  const payload = { operator: byId('operator').value, pin: byId('pin').value };
  const result = await call('session.sign_in', payload, { request_id: crypto.randomUUID() });
  byId('pin').value = '';
  byId('sign-on-problem').textContent = result.ok ? '' : result.answer.message;
  await showSignOn();
});
byId('sign-off').addEventListener('click', async () => {
  await call('session.sign_out', {}, { request_id: crypto.randomUUID() });
  await showSignOn();
});

showOperations();
await showSignOn();
// The cards came after the page: go to the one the address names.
if (location.hash) byId(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
