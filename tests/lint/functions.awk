# Functions longer than `limit` lines, from their signature to their closing brace; tables are data and
# exempt. Reads "path:number:code" lines without literals. Prints path:number:length:name.
{
  colon = index($0, ":")
  path = substr($0, 1, colon - 1)
  rest = substr($0, colon + 1)
  colon = index(rest, ":")
  number = substr(rest, 1, colon - 1)
  text = substr(rest, colon + 1)
}
path != before { start = 0; name = ""; before = path }
text ~ /^[A-Za-z_].*\(/ && text !~ /[;=]/ { if (!inside) { start = number; name = text } }
text ~ /^[A-Za-z_].*=[^=]*\{[ ]*$/ { start = 0 }
text ~ /\)[ ]*\{[ ]*$/ || text ~ /^\{/ { if (start && !inside) inside = 1 }
text ~ /^\}/ {
  if (inside && number - start + 1 > limit) {
    sub(/\(.*/, "", name)
    sub(/.*[ *]/, "", name)
    print path ":" start ":" number - start + 1 ":" name
  }
  inside = 0
  start = 0
}
