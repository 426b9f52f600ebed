// The reader's own time zone, where the server could only guess it from the language.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

document.querySelectorAll("select[data-zone]").forEach((select) => {
  if ([...select.options].some((option) => option.value === zone)) select.value = zone;
});
