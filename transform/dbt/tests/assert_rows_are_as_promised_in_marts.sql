{{ promises_of_layer('marts') }}
