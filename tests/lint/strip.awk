# C without comments, a line a line: "path:number:code" to `code`, and the same with the insides of
# literals blanked to `bare`. The names of the two files come with -v.
function flush_line() {
  print FILENAME ":" FNR ":" with > code
  print FILENAME ":" FNR ":" without > bare
}
FNR == 1 { in_comment = 0 }
{
  with = without = ""
  quote = ""
  n = length($0)
  for (i = 1; i <= n; i++) {
    c = substr($0, i, 1)
    two = substr($0, i, 2)
    if (in_comment) {
      if (two == "*/") { in_comment = 0; i++ }
    } else if (quote != "") {
      with = with c
      if (c == "\\") { with = with substr($0, ++i, 1) }
      else if (c == quote) { without = without c; quote = "" }
    } else if (two == "/*") {
      in_comment = 1; i++
    } else if (two == "//") {
      break
    } else {
      if (c == "\"" || c == "'") quote = c
      with = with c
      without = without c
    }
  }
  flush_line()
}
