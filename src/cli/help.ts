export function help(): string { return ''; }
