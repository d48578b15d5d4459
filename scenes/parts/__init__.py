"""What a picture is put together from: field, marks, names, equations, charts, words."""
